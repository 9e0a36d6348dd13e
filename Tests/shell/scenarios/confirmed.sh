# task_end confirms a task_execution in every shell.
# event: started 1.1
# event: completed 1.1
. "$TRACK_SH"
task_execution 1.1
task_end
exit 0
