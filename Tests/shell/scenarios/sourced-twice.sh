# Sourcing it again changes nothing.
# status: 3
# stdout: own
# event: started 1.1
# event: failed 1.1 exit_code=3
trap 'echo own' EXIT
. "$TRACK_SH"
task_execution 1.1
. "$TRACK_SH"
exit 3
