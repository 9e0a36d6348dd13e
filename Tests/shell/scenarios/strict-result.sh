# TRACK_STRICT=1: an unusable result fails the script, and its execution with it.
# env: TRACK_STRICT=1
# says: 1
# status: 65
# event: started 1.1
# event: failed 1.1 exit_code=65
. "$TRACK_SH"
task_execution 1.1
task_result --result '[not an object'
echo not reached
