# A script whose path holds spaces, elsewhere than its project's root.
# name: my droid.sh
# event: started 1.1
# event: failed 1.1 exit_code=3
# status: 3
set -eu
. "$TRACK_SH"
task_execution 1.1
exit 3
