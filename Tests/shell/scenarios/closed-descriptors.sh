# Without stdin, stdout and stderr.
# event: started 1.1
# event: report 1.1 message=x
# event: failed 1.1 exit_code=3
# status: 3
exec <&- >&- 2>&-
. "$TRACK_SH"
task_execution 1.1
task_progress 0.5 x
task_run true
exit 3
