# shellcheck shell=sh
# shellcheck disable=SC2016 # what stands in single quotes is expanded by the shell that task-run runs
# Commands run as tasks. What they meet at terminals, and signals, limits and kills are proven by Tests/run.

repository() {
	export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t
	git init -q .
	echo .droid-forge >.gitignore
	echo one >known
	mkdir src
	git add .
	git commit -qm first
}

scenario_a_command_is_tracked_from_its_start_to_its_end() {
	try task-run 1.1 'Say something' --droid speaker -- sh -c 'echo "$DROID_EXECUTION_ID $DROID_RUN_ID $DROID_ID"; exit 3'
	expect_status 3
	expect_err
	execution=$(lines events task.execution.started | sed 's/.*"execution_id": "\([^"]*\)".*/\1/')
	run=$(lines events task.execution.started | sed 's/.*"run_id": "\([^"]*\)".*/\1/')
	expect_out "$execution $run speaker"
	expect_lines 1 events task.execution.started '"description": "Say something"' '"owner": {"pid": '
	expect_lines 1 events task.execution.completed '"status": "failed"' '"exit_code": 3' '"resources": {"cpu_seconds": '
	expect_lines 1 events droid.self_report '"event_type": "resource_usage"'
	expect_lines 1 results '"success": false'
	! grep -q 'Say something; exit' "$JOURNAL"/*.ndjson || fail 'the command is in the journal'
}

scenario_what_a_command_starts_is_its_child() {
	ok task-run 1.1 -- task-run 1.2 -- sh -c 'task-run 1.2 -- true'
	expect_lines 3 events task.execution.completed '"status": "completed"'
	expect_lines 2 events task.execution.started '"parent_execution_id": "exec-'
	[ "$(lines events task.execution | sed 's/.*"run_id": "\([^"]*\)".*/\1/' | sort -u | wc -l)" -eq 1 ] || fail 'several runs'
}

scenario_what_the_orchestrator_started_is_gone_on_with() {
	eval "$(ok task-start 1.1 --export)"
	ok task-run 1.1 -- true
	expect_lines 1 events task.execution.started
	expect_lines 1 events task.execution.completed "\"execution_id\": \"$DROID_EXECUTION_ID\""
}

scenario_a_new_execution_where_that_is_wanted() {
	eval "$(ok task-start 1.1 --export)"
	ok task-run 1.1 --new -- true
	expect_lines 1 events task.execution.started "\"parent_execution_id\": \"$DROID_EXECUTION_ID\""
}

scenario_a_command_ends_its_own_execution_before_it_ends() {
	try task-run 1.1 -- sh -c 'task-done --execution "$DROID_EXECUTION_ID" --tests-run 3; exit 5'
	expect_status 5
	expect_err 'already completed'
	expect_lines 1 events task.execution.completed '"tests_run": 3'
}

scenario_nothing_is_tracked_where_that_is_switched_off() {
	TRACK_DISABLE=1 ok task-run 1.1 -- sh -c 'echo ran' >"$PLACE/said"
	[ "$(cat "$PLACE/said")" = ran ] || fail 'it was not run'
	[ ! -e "$JOURNAL/events.ndjson" ] || fail 'something was recorded'
}

scenario_an_ending_that_cannot_be_recorded_counts_where_tracking_is_strict() {
	try env TRACK_STRICT=1 task-run 1.1 -- sh -c 'rm -rf .droid-forge/logs; : >.droid-forge/logs'
	expect_status 73
	try env TRACK_STRICT=1 task-run 1.1 -- sh -c 'exit 4'
	expect_status 73
	rm .droid-forge/logs
	try task-run 1.1 -- sh -c 'rm -rf .droid-forge/logs; : >.droid-forge/logs; exit 4'
	expect_status 4
	expect_err 'cannot create'
}

scenario_the_end_of_the_messages_is_kept_of_a_failure() {
	token=ghp_$(printf '%036d' 7)
	try task-run 1.1 --tail 60 -- sh -c "i=0; while [ \$i -lt 3000 ]; do echo line \$i; i=\$((i + 1)); done >&2; echo $token >&2; exit 1"
	expect_status 1
	[ "$(wc -l <"$PLACE/err")" -eq 3001 ] || fail 'lines of standard error were lost'
	expect_lines 1 events task.execution.completed '"stderr_tail": "' 'line 2999\n[REDACTED'
	! grep -qF "$token" "$JOURNAL"/*.ndjson || fail 'a secret is in the journal'
	! grep -qF 'line 2990' "$JOURNAL"/*.ndjson || fail 'more than the end was kept'
	try task-run 1.2 --tail 60 -- sh -c 'echo fine >&2'
	expect_status 0
	expect_lines 1 events task.execution.completed stderr_tail
}

scenario_a_file_is_expected() {
	echo old >there
	ok task-run 1.1 --expect-file there --expect-file made.txt -- sh -c 'echo new >made.txt'
	expect_lines 1 events task.execution.completed '"status": "completed"' '"files_created": ["made.txt"]'
	! grep -q files_modified "$JOURNAL/events.ndjson" || fail 'an untouched file is told as modified'
	ok task-run 1.1 --expect-file there -- sh -c 'echo more >>there'
	expect_lines 1 events '"files_modified": ["there"]'
	try task-run 1.1 --expect-file missing -- true
	expect_status 1
	expect_err "the file 'missing' is not there"
	expect_lines 1 events '"status": "failed"' '"exit_code": 0' '"cause": "evidence"' 'is not there'
	try task-run 1.1 --expect-file missing -- sh -c 'exit 9'
	expect_status 9
	expect_err
}

scenario_a_change_is_expected() {
	repository
	echo untracked >src/draft
	ok task-run 1.1 --expect-change src -- sh -c 'echo x >src/new; echo y >>src/draft'
	expect_lines 1 events '"status": "completed"' '"files_created": ["src/new"]' '"files_modified": ["src/draft"]'
	try task-run 1.1 --expect-change src --expect-change '*.md' -- sh -c 'echo z >>src/new'
	expect_status 1
	expect_err "nothing changed in '*.md'"
	try task-run 1.1 --expect-change src -- true
	expect_status 1
	expect_lines 2 events '"cause": "evidence"'
	# What is committed meanwhile has changed, too; pathspecs are seen from the working directory.
	(cd src && ok task-run 1.1 --expect-change new -- sh -c 'git add new && git commit -qm second')
	mkdir plain
	cd plain || exit
	try env GIT_CEILING_DIRECTORIES="$PROJECT" task-run 1.1 --expect-change . -- true
	expect_status 1
	expect_err 'without a git repository'
}

scenario_a_commit_is_expected() {
	repository
	ok task-run 1.1 --expect-commit -- sh -c 'echo two >>known; git commit -qam second'
	expect_lines 1 events '"status": "completed"' "\"commits\": [\"$(git rev-parse HEAD)\"]"
	try task-run 1.1 --expect-commit -- sh -c 'git checkout -q HEAD~1'
	expect_status 1
	expect_err 'no commit was made'
	ok task-run 1.1 --expect-commit -- git commit -q --allow-empty -m third
	# On another branch, in another working tree, and there without a branch.
	ok task-run 1.1 --expect-commit -- sh -c 'git checkout -qb feat; git commit -q --allow-empty -m feat; git checkout -q -'
	expect_lines 1 events "\"commits\": [\"$(git rev-parse feat)\"]"
	ok task-run 1.1 --expect-commit -- sh -c 'git worktree add -q "$0"; cd "$0"; git commit -q --allow-empty -m there' "$PLACE/tree"
	expect_lines 1 events "\"commits\": [\"$(git rev-parse tree)\"]"
	ok task-run 1.1 --collect-git -- sh -c 'cd "$0"; git checkout -q --detach; git commit -q --allow-empty -m loose' "$PLACE/tree"
	expect_lines 1 events "\"commits\": [\"$(git -C "$PLACE/tree" rev-parse HEAD)\"]"
	# What was fetched, tagged or put away is no commit that was made, and what lies in another tree already is not new.
	try task-run 1.1 --expect-commit -- sh -c 'git fetch -q "$0" feat:refs/remotes/there/feat; git tag fetched; echo x >>known; git stash -q' .
	expect_status 1
	expect_err 'no commit was made'
	git checkout -q --orphan lone
	ok task-run 1.1 --expect-commit -- git commit -qm root
}

scenario_what_git_tells_is_collected() {
	repository
	echo dirty >>known
	ok task-run 1.1 --collect-git -- sh -c 'echo a >a; git add a; git commit -qm a; echo b >b; git rm -q .gitignore; echo c >>a'
	expect_lines 1 results '"category": "file_operations"' '"files_created": ["a", "b"]' '"files_deleted": [".gitignore"]' '"commits": ['
	! grep -q '"known"' "$JOURNAL/events.ndjson" || fail 'what was dirty before is told as a change'
	ok task-run 1.1 --collect-git -- true
	expect_lines 1 events task.execution.completed '"result": '
	try task-run 1.1 --collect-git -- rm -rf .git
	expect_status 0
	expect_err 'cannot collect what changed: git does not tell it any more'
	try task-run 1.1 --collect-git -- true
	expect_status 0
	expect_err 'cannot collect what changed: there is no git repository'
	ok task-run 1.1 --quiet --collect-git -- true
}

scenario_collecting_from_the_first_commit_on() {
	git init -q .
	ok task-run 1.1 --collect-git -- sh -c 'echo a >a; git add a; git -c user.name=t -c user.email=t@t commit -qm a'
	expect_lines 1 events '"files_created": ["a"]' '"commits": ['
}

scenario_git_is_left_as_it_was() {
	repository
	touch -d '2020-01-01' known
	before=$(find .git -type f -exec cksum {} + | sort)
	ok task-run 1.1 --collect-git --expect-change . -- sh -c 'echo x >src/x'
	[ "$(find .git -type f -exec cksum {} + | sort)" = "$before" ] || fail 'something in .git was written'
}

scenario_the_command_works_in_the_trace_of_its_execution() {
	TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
	export TRACEPARENT
	ok task-run 1 -- task-run 1.1 -- sh -c 'echo "$TRACEPARENT"' >"$PLACE/traceparent"
	outer=$(lines events task.execution.started '"task_id": "1"' | sed 's/.* "span_id": "\([^"]*\)".*/\1/')
	inner=$(lines events task.execution.started '"task_id": "1.1"' | sed 's/.* "span_id": "\([^"]*\)".*/\1/')
	expect_lines 1 events '"task_id": "1"' '"parent_span_id": "b7ad6b7169203331"'
	expect_lines 1 events '"task_id": "1.1"' "\"parent_span_id\": \"$outer\"" '"trace_id": "0af7651916cd43dd8448eb211c80319c"'
	[ "$(cat "$PLACE/traceparent")" = "00-0af7651916cd43dd8448eb211c80319c-$inner-01" ] ||
		fail "the command got $(cat "$PLACE/traceparent") instead of the span $inner"
}

scenario_the_state_of_a_trace_goes_no_further_than_the_trace() {
	export TRACESTATE=a=b
	for parent in '' 00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01 malformed; do
		ok env TRACEPARENT="$parent" task-run 1.1 -- sh -c 'echo "${TRACESTATE-none}"' >"$PLACE/state"
		[ "$(cat "$PLACE/state")" = none ] || fail "the command got $(cat "$PLACE/state") with '$parent'"
		TRACEPARENT=$parent ok task-start 1.2 --new --quiet --export >"$PLACE/start"
		(eval "$(cat "$PLACE/start")" && [ "${TRACESTATE-none}" = none ]) || fail "task-start --export keeps it with '$parent'"
	done
	TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
	export TRACEPARENT
	[ "$(ok task-run 2.1 -- sh -c 'task-run 2.2 -- sh -c "echo \$TRACESTATE"')" = a=b ] || fail 'it is lost within its trace'
	! ok task-start 2.3 --export | grep -q TRACESTATE || fail 'task-start --export takes it away within its trace'
}
