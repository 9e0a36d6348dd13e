# HUP sent to the shell ends the execution with its name, and the script by it.
# status: 129
# event: started 1.1
# event: failed 1.1 signal=HUP
. "$TRACK_SH"
task_execution 1.1
kill -s HUP $$
sleep 1
echo not reached
