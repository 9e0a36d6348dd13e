# A failing command under set -e ends the execution with its status.
# status: 3
# event: started 1.1
# event: failed 1.1 exit_code=3
set -eu
. "$TRACK_SH"
task_execution 1.1
(exit 3)
echo not reached
