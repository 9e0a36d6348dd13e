# A signal to the script while it is in a subshell, which ksh93 runs in the same process.
# status: 143
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_execution 1.1
(
	kill -s TERM $$
	sleep 0.2
)
sleep 1
echo not reached
