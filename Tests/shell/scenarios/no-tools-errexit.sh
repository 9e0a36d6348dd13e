# The same under set -eu.
# env: PATH=none
# says: 1
# stdout: work
set -eu
. "$TRACK_SH"
task_execution 1.1
task_progress 0.5
task_begin 1.2
task_result a=b
task_end
task_fail no
task_end
task_run echo work
