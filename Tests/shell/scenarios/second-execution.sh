# A second task_execution is refused.
# says: 1
# stdout: on
# event: started 1.1
# event: failed 1.1 exit_code=2
# status: 2
. "$TRACK_SH"
task_execution 1.1
task_execution 1.2
echo on
exit 2
