# A broken configuration: one line, and the work goes on.
# setup: printf 'performance: [broken\n' >droid-forge.yaml
# says: 1
# stdout: work
# status: 3
set -eu
. "$TRACK_SH"
task_execution 1.1
task_progress 0.5
task_begin 1.2
task_result a=b
task_end
echo work
exit 3
