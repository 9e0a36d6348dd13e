# A signal to the group while an ending waits for the lock: one ending, and it names the signal.
# status: 143
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_begin 1.1
flock .droid-forge/logs/.state/journal.lock sleep 5 &
{
	sleep 0.2
	kill -s TERM 0
} &
sleep 0.1
task_end 0
echo not reached
