# A signal to the shell alone while a command runs is recorded.
# status: 143
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_execution 1.1
{
	sleep 0.1
	kill -s TERM $$
} &
sleep 0.3
echo not reached
