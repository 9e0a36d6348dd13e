# task_on_exit: the last one first, each with the script's status, and before the script's own trap.
# status: 3
# stdout: second 3 a  b
# stdout: first 3
# stdout: own 3
# event: started 1.1
# event: failed 1.1 exit_code=3
trap 'echo "own $?"' EXIT
set -e
. "$TRACK_SH"
task_on_exit 'echo "first $?"'
second() { echo "second $? $1"; }
task_on_exit second 'a  b'
task_execution 1.1
exit 3
