# A signal to the shell while a start waits for the lock: what was opened is ended.
# status: 143
# event: started 1.0
# event: completed 1.0
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_begin 1.0
task_end
# One process holds the lock and sends the signal, so that the lock is held by then however slow the machine is.
flock .droid-forge/logs/.state/journal.lock sh -c 'sleep 0.5; kill -s TERM "$0"; sleep 0.3' $$ &
sleep 0.1
task_execution 1.1
echo not reached
