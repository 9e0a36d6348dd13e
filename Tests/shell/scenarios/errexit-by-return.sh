# A function that returns a failure under set -e; yash ends without its EXIT trap, which leaves it to the sweep.
# status: 5
# event: started 1.1
# event: failed 1.1 exit_code=5
# event[yash]: started 1.1
set -e
. "$TRACK_SH"
task_execution 1.1
step() { return 5; }
step
echo not reached
