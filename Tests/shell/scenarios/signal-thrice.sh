# An impatient Ctrl-C is still one ending.
# status: 130
# event: started 1.1
# event: failed 1.1 signal=INT
. "$TRACK_SH"
task_execution 1.1
{
	sleep 0.1
	kill -s INT 0
	kill -s INT 0
	sleep 0.01
	kill -s INT 0
} &
sleep 2
echo not reached
