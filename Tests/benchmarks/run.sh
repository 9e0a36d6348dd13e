# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What it costs to run a command as a task: before and after it, and while it runs.

printf '\nA command that does nothing, run as a task\n'
project "$work/run"
time_processes \
	'task-start, for a run' "$tools/task-start" 1.1 \; \
	'task-done, for the next' "$tools/task-done" 1.1 \; \
	'task-run' "$tools/task-run" 1.2 -- true \; \
	'the command alone' true
row 'task-run of nothing / task-start' "$(calculate "$(median task-run) / $(median 'task-start, for a run')")" 3 x

# Prints user and system time of a process that runs, in clock ticks, and how often it has waited.
spent() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }
waited() { awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$1/status"; }

seconds=$((rounds > 30 ? 30 : rounds))
"$tools/task-run" 1.3 --heartbeat 1 -- sh -c 'for i in 1 2 3 4 5 6 7 8 9; do sleep 600 & done; sleep 600' &
runner=$!
sleep 1.5
ticks=$(spent $runner) waits=$(waited $runner)
sleep "$seconds"
ticks=$(($(spent $runner) - ticks)) waits=$(($(waited $runner) - waits))
kill -TERM $runner
wait $runner 2>/dev/null || :
share=$(calculate "$ticks / $(getconf CLK_TCK) / $seconds * 100")
printf '  %s ticks and %s waits in %s s, a beat a second over 11 processes\n' "$ticks" "$waits" "$seconds"
row 'task-run with a beat a second, percent of a core' "$share" 1 %
row 'its wake-ups for a beat' "$(calculate "$waits / $seconds" 1)" 1.2
