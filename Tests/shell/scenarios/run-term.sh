# task_run acts at once on a TERM to the shell alone, and passes it on.
# status: 143
# stdout: stopped
# stdout: cleaned
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_on_exit 'echo cleaned'
task_execution 1.1
{
	sleep 0.2
	kill -s TERM $$
} &
task_run sh -c 'trap "echo stopped; exit 0" TERM; n=0; while [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done'
echo not reached
