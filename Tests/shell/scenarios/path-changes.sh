# The tools are those of the PATH at the start.
# event: started 1.1
# event: failed 1.1 exit_code=3
# status: 3
. "$TRACK_SH"
PATH=/nonexistent
task_execution 1.1
exit 3
