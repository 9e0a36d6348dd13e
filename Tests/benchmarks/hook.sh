# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What a harness waits for at each of its events: its hook, run by sh as the harness does.

printf '\nHooks of a session, as a harness runs them, by sh\n'
project "$work/hook"
track_hook=$tools/track-hook
session="\"session_id\": \"s\", \"cwd\": \"$project\""
# Makes the payload NAME of an event with the members that follow.
payload() { printf '{%s, "hook_event_name": "%s"%s}' "$session" "$2" "${3-}" >"$work/$1.payload"; }
payload start SessionStart ', "source": "startup"'
payload prompt UserPromptSubmit ', "prompt": "mend it"'
payload before PreToolUse ', "tool_name": "Bash", "tool_input": {"command": "make"}'
payload after PostToolUse ', "tool_name": "Bash", "tool_input": {"command": "make"}, "tool_response": {"success": true}'
payload large PostToolUse ", \"tool_name\": \"Read\", \"tool_response\": \"$(head -c 5000000 /dev/zero | tr '\0' x)\""
payload end SessionEnd ', "reason": "clear"'
payload again SessionStart ', "source": "clear"'
# shellcheck disable=SC2016 # expanded by the shell that is measured
hook='exec "$0" claude <"$1"' report='exec "$0" 1.1 0.5 "half of the files read"'
sh -c "$hook" "$track_hook" "$work/start.payload"
"$tools/task-start" 1.1 >/dev/null
time_processes \
	'track-hook: a prompt' sh -c "$hook" "$track_hook" "$work/prompt.payload" \; \
	'track-hook: a tool begins' sh -c "$hook" "$track_hook" "$work/before.payload" \; \
	'track-hook: a tool ends' sh -c "$hook" "$track_hook" "$work/after.payload" \; \
	'track-hook: a tool ends, with 5 MB' sh -c "$hook" "$track_hook" "$work/large.payload" \; \
	'track-hook: the session ends' sh -c "$hook" "$track_hook" "$work/end.payload" \; \
	'track-hook: the next one starts' sh -c "$hook" "$track_hook" "$work/again.payload" \; \
	'task-progress, by sh' sh -c "$report" "$tools/task-progress" \; \
	'sh alone' sh -c :
for event in 'a prompt' 'a tool begins' 'a tool ends' 'a tool ends, with 5 MB' 'the session ends' 'the next one starts'; do
	row "track-hook: $event" "$(median "track-hook: $event")" 20 ms
done
row 'track-hook: a tool begins / task-progress' \
	"$(calculate "$(median 'track-hook: a tool begins') / $(median 'task-progress, by sh')")" 2 x
