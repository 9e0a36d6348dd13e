# An INT to the shell alone reaches the command as a TERM, for background commands ignore INT.
# status: 130
# event: started 1.1
# event: failed 1.1 signal=INT
. "$TRACK_SH"
task_execution 1.1
{
	sleep 0.1
	kill -s INT $$
} &
task_run sleep 30
echo not reached
