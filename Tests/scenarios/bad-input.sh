# shellcheck shell=sh
# Bad input gets one clear line, the documented exit status and an unchanged journal.

begin() { ok task-start 1.1 'Something to report on' >/dev/null; }

# Prints a text of $1 times the character $2.
many() { head -c "$1" /dev/zero | tr '\0' "$2"; }

scenario_progress_that_is_no_fraction() {
	begin
	for fraction in NaN nan -inf 1.5 -1 -0.5 101% 4/3 1/0 1e400 1,5; do
		refused 65 'task-progress: cannot read progress' task-progress 1.1 "$fraction"
	done
	ok task-progress 1.1 one-half
	expect_lines 1 events '"message": "one-half"'
	expect_lines 0 events '"progress": '
}

scenario_task_ids_that_are_none() {
	refused 65 'task-start: ' task-start "$(printf '1.1\n2.2')"
	refused 65 'task-start: ' task-start ../1.1
	refused 65 'task-start: ' task-start a/b
	refused 65 'task-start: ' task-start ''
	refused 65 'task-start: ' task-start "$(many 10240 a)"
	refused 65 'task-start: ' task-start "$(printf '1\377')"
	[ ! -e "$JOURNAL/events.ndjson" ] || fail 'something was recorded'
}

scenario_results_that_are_none() {
	begin
	refused 65 'task-done: ' task-done 1.1 --result 'no json'
	refused 65 'task-done: ' task-done 1.1 --result '[1, 2]'
	refused 65 'task-done: ' task-done 1.1 --result '{"a": 1} {"b": 2}'
	many 10485760 x | sed 's/.*/{"a": "&"}/' >"$PLACE/large"
	refused 65 'task-done: ' task-done 1.1 --result "@$PLACE/large"
	{ many 10000 '[' && many 10000 ']'; } | sed 's/.*/{"a":&}/' >"$PLACE/deep"
	refused 65 'task-done: ' task-done 1.1 --result "@$PLACE/deep"
	ok task-done 1.1 --result '{"tests_run": 3}'
}

scenario_executions_that_are_not_there() {
	refused 66 'task-done: ' task-done 1.1
	refused 66 'task-done: ' task-done
	refused 66 'task-progress: ' task-progress 1.1 0.5
	refused 66 'task-fail: ' task-fail --execution exec-1-1.1-00000000
	refused 65 'task-fail: ' task-fail --execution 'no id'
}

scenario_several_executions_fit() {
	sleep 30 &
	first=$!
	sleep 30 &
	second=$!
	try task-start 1.1 --owner-pid "$first"
	try task-start 1.1 --owner-pid "$second"
	try task-done 1.1
	kill "$first" "$second"
	expect_status 65
	expect_lines 0 events '"event_type": "task.execution.completed"'
}

scenario_endings_are_not_reported_as_a_status() {
	begin
	for word in completed failed abandoned timeout; do
		try task-progress 1.1 --status "$word"
		expect_status 64
	done
	refused 64 task-done task-progress 1.1 --status completed
	refused 64 task-fail task-progress 1.1 --status failed
}

# Each configuration is one error of status 78 that says where it is.
scenario_configurations_that_are_broken() {
	configured() {
		rm -rf droid-forge.yaml
		printf '%b' "$1" >droid-forge.yaml
		refused 78 "$2" task-start 1.1
	}
	configured 'performance: [' 'droid-forge.yaml:'
	configured 'performance:\n  execution_tracking:\n    default_timeout: soon\n' 'default_timeout'
	configured 'performance:\n  execution_tracking:\n    default_timeout: 1\n    default_timeout: 2\n' 'default_timeout'
	configured 'performance:\n  execution_tracking: &a\n    default_timeout: 1\n' 'droid-forge.yaml:'
	configured 'a: 1\n---\nb: 2\n' 'droid-forge.yaml:'
	configured 'logging:\n  format: xml\n' 'ndjson'
	configured 'logging:\n  directory: ""\n' 'directory'

	many 104857600 '#' >droid-forge.yaml
	refused 78 'droid-forge.yaml' task-start 1.1
	{
		printf 'a0: &a0 [x, x, x]\n'
		for level in 1 2 3 4 5 6 7 8 9; do printf 'a%s: &a%s [*a%s, *a%s, *a%s]\n' "$level" "$level" $((level - 1)) $((level - 1)) $((level - 1)); done
		printf 'performance:\n  execution_tracking: *a9\n'
	} >droid-forge.yaml
	refused 78 'droid-forge.yaml:' task-start 1.1
	many 100000 '[' >droid-forge.yaml
	refused 78 'droid-forge.yaml:' task-start 1.1

	rm droid-forge.yaml
	mkdir droid-forge.yaml
	refused 78 'droid-forge.yaml' task-start 1.1 --config droid-forge.yaml
	rmdir droid-forge.yaml
	refused 78 'no.yaml' task-start 1.1 --config no.yaml
	: >droid-forge.yaml
	chmod 000 droid-forge.yaml
	refused 78 'droid-forge.yaml' unprivileged task-start 1.1
}

scenario_a_broken_configuration_costs_no_ending() {
	begin
	printf 'performance:\n  execution_tracking:\n    default_timeout: soon\n' >droid-forge.yaml
	refused 78 'default_timeout' task-done 1.1 --file-created a.txt
	: >droid-forge.yaml
	try track-sweep
	expect_status 0
	expect_lines 1 events '"event_type": "task.execution.completed"' '"a.txt"'
}

scenario_log_directories_that_are_none() {
	mkdir -p .droid-forge
	: >.droid-forge/logs
	refused 73 'logs' task-start 1.1
	rm .droid-forge/logs
	mkdir "$PLACE/elsewhere"
	ln -s "$PLACE/elsewhere" .droid-forge/logs
	try task-start 1.1
	case $status in 73 | 77) expect_err 'logs' ;; *) fail "a link out of the project: status $status" ;; esac
	rm .droid-forge/logs
	mkdir .droid-forge/logs
	chmod 500 .droid-forge/logs
	try unprivileged task-start 1.1
	chmod 700 .droid-forge/logs
	case $status in 73 | 77) expect_err 'logs' ;; *) fail "a read-only directory: status $status" ;; esac
}

scenario_standard_output_that_takes_nothing() {
	status=0
	task-start 1.1 >/dev/full 2>"$PLACE/err" || status=$?
	[ "$status" -eq 74 ] || fail "output to /dev/full: status $status"
	status=0
	task-start 1.2 >&- 2>"$PLACE/err" || status=$?
	[ "$status" -eq 74 ] || fail "closed output: status $status"
	# The executions are open all the same: the record comes before what is printed of it.
	expect_lines 2 events '"event_type": "task.execution.started"'
	grep -q . "$JOURNAL/events.ndjson"
	! grep -v '^{.*}$' "$JOURNAL/events.ndjson" || fail 'something else than events is in the journal'
}

scenario_command_lines_that_are_wrong() {
	for tool in "$TOOLS"/*; do
		try "$tool" --no-such-option
		expect_status 64
		expect_err "${tool##*/}: "
		expect_out
	done
	refused 64 'task-start: ' task-start
	refused 64 'track-event: ' track-event
	refused 64 'track-event: ' track-event no.such.type
	refused 64 'task-start' track-event task.execution.started
}

# The second name begins its word with a combining acute, which makes one character of it and the quote before it.
scenario_helper_at_a_place_with_quotes() {
	for name in "it's here" "$(printf "it'\314\201s here")"; do
		mkdir -p "$PLACE/$name/bin" "$PLACE/$name/share/droid-track"
		cp "$(command -v track-shell)" "$PLACE/$name/bin/track-shell"
		# shellcheck disable=SC2016 # expanded by the helper
		echo 'loaded=$_track_bin' >"$PLACE/$name/share/droid-track/track.sh"
		loaded=
		eval "$(ok "$PLACE/$name/bin/track-shell")"
		[ "$loaded" = "$PLACE/$name/bin" ] || fail "the helper was loaded as '$loaded'"
	done
}
