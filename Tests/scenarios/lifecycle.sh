# shellcheck shell=sh
# An execution from its start to its ending, as steps in shells of their own see it.

scenario_an_execution_is_found_by_its_task() {
	execution=$(ok task-start 1.1 'Add the login form' --droid frontend)
	expect_lines 1 events '"event_type": "task.execution.started"' "\"execution_id\": \"$execution\""
	ok task-progress 1.1 1/2 'form done'
	expect_lines 1 events '"event_type": "droid.self_report"' '"progress": 0.5' '"message": "form done"'
	expect_lines 1 droid_status '"droid_id": "frontend"'
	ok task-done 1.1 --file-created src/login.tsx
	expect_lines 1 events '"event_type": "task.execution.completed"' '"status": "completed"' '"src/login.tsx"'
	expect_lines 1 results '"event_type": "task.result"' '"success": true'
	expect_lines 1 results '"event_type": "task.result.validated"' '"category": "file_operations"'
}

scenario_the_journal_reads_as_agreed() {
	ok task-start 1.1 'Add the login form' --droid frontend >/dev/null
	ok task-progress 1.1 0.5 'form done'
	ok task-fail 1.1 --error 'validation is missing' --exit-code 3
	for stream in events droid_status results; do expect_golden "lifecycle-$stream.ndjson" "$JOURNAL/$stream.ndjson"; done
}

scenario_modes_and_ignore_file_are_private() {
	umask 000
	ok task-start 1.1 >/dev/null
	[ "$(stat -c %a "$JOURNAL")" = 700 ] || fail "the log directory has mode $(stat -c %a "$JOURNAL")"
	[ "$(stat -c %a "$JOURNAL/events.ndjson")" = 600 ] || fail 'the journal can be read by others'
	[ "$(cat "$PROJECT/.droid-forge/.gitignore")" = '*' ] || fail 'the journal would be committed'
}

scenario_the_orchestrator_starts_and_the_droid_joins() {
	eval "$(ok task-start 1.2 'Review' --droid reviewer --export)"
	joined=$(ok task-start 1.2 'Review')
	[ "$joined" = "$DROID_EXECUTION_ID" ] || fail "the droid opened $joined beside $DROID_EXECUTION_ID"
	expect_lines 1 events task.execution.started "\"trace_id\": \"$(echo "$TRACEPARENT" | cut -d- -f2)\"" \
		"\"span_id\": \"$(echo "$TRACEPARENT" | cut -d- -f3)\""
	ok task-done
	expect_lines 1 events '"event_type": "task.execution.started"'
	expect_lines 1 events '"event_type": "task.execution.completed"' '"droid_id": "reviewer"'
}

# An agent's shell dies in the middle; the next one starts the task again and knows nothing of the first attempt.
scenario_a_retrying_agent_ends_its_second_attempt() {
	sleep 30 &
	owner=$!
	first=$(ok task-start 1.1 --owner-pid "$owner")
	kill -KILL "$owner"
	wait "$owner" 2>/dev/null || :
	try task-start 1.1
	expect_status 0
	second=$(cat "$PLACE/out")
	[ "$first" != "$second" ] || fail 'the second start has the id of the first'
	expect_lines 1 events '"event_type": "task.execution.abandoned"' "\"execution_id\": \"$first\"" '"reason": "process_gone"'
	ok task-progress 1.1 0.5
	ok task-done 1.1
	expect_lines 1 events '"event_type": "task.execution.completed"' "\"execution_id\": \"$second\""
}

scenario_a_second_ending_is_refused() {
	ok task-start 1.1 >/dev/null
	ok task-done 1.1
	refused 65 'already completed' task-done 1.1
	execution=$(lines events task.execution.started | sed 's/.*"execution_id": "\([^"]*\)".*/\1/')
	refused 65 'already completed' task-fail --execution "$execution"
}

scenario_a_late_ending_replaces_an_abandonment() {
	ok task-start 1.1 >/dev/null
	try track-sweep --timeout 0
	expect_status 0
	expect_lines 1 events '"event_type": "task.execution.abandoned"'
	ok task-done 1.1
	expect_lines 1 events '"event_type": "task.execution.completed"' '"late": true'
	execution=$(lines events task.execution.started | sed 's/.*"execution_id": "\([^"]*\)".*/\1/')
	refused 65 'already completed' task-done --execution "$execution"
}

scenario_a_stale_current_execution_is_passed_over() {
	ok task-start 1.1 >/dev/null
	DROID_EXECUTION_ID=exec-1-gone-00000000
	export DROID_EXECUTION_ID
	try task-done 1.1
	expect_status 0
	expect_err 'exec-1-gone-00000000'
	expect_lines 1 events '"event_type": "task.execution.completed"'
}
