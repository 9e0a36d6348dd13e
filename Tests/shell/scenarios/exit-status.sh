# An exit status is recorded and kept.
# status: 3
# event: started 1.1
# event: failed 1.1 exit_code=3
. "$TRACK_SH"
task_execution 1.1
exit 3
