# No tools on the PATH: one line, and the work goes on.
# env: PATH=none
# says: 1
# stdout: work
# status: 3
. "$TRACK_SH"
task_execution 1.1
task_progress 0.5
task_begin 1.2
task_result a=b
task_end
task_begin 1.3
task_fail no
task_run echo work
exit 3
