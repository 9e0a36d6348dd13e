# PIPE sent to the shell ends the execution with its name, and the script by it.
# status: 141
# event: started 1.1
# event: failed 1.1 signal=PIPE
. "$TRACK_SH"
task_execution 1.1
kill -s PIPE $$
sleep 1
echo not reached
