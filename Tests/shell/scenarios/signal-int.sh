# INT sent to the shell ends the execution with its name, and the script by it.
# status: 130
# event: started 1.1
# event: failed 1.1 signal=INT
. "$TRACK_SH"
task_execution 1.1
kill -s INT $$
sleep 1
echo not reached
