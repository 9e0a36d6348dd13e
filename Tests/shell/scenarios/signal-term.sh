# TERM sent to the shell ends the execution with its name, and the script by it.
# status: 143
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_execution 1.1
kill -s TERM $$
sleep 1
echo not reached
