# A signal to the shell while a start waits for the lock: what was opened is ended.
# status: 143
# event: started 1.0
# event: completed 1.0
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_begin 1.0
task_end
flock .droid-forge/logs/.state/journal.lock sleep 0.4 &
{
	sleep 0.2
	kill -s TERM $$
} &
sleep 0.1
task_execution 1.1
echo not reached
