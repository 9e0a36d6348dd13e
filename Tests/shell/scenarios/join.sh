# An execution the orchestrator has started is joined, not started again.
# event: started 1.1
# event: report 1.1
# event: failed 1.1 exit_code=3
# status: 3
eval "$(task-start 1.1 --export)"
. "$TRACK_SH"
task_execution 1.1
exit 3
