# A signal to the whole group ends what is open, innermost first.
# status: 143
# event: started 1.1
# event: started 1.2 parent=1.1
# event: failed 1.2 signal=TERM
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_execution 1.1
task_begin 1.2
{
	sleep 0.1
	kill -s TERM 0
} &
sleep 2
echo not reached
