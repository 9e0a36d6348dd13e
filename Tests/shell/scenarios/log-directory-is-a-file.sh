# A log directory that is none: one line, and the work goes on.
# setup: mkdir .droid-forge; echo x >.droid-forge/logs
# says: 1
# stdout: work
# status: 3
set -eu
. "$TRACK_SH"
task_execution 1.1
task_begin 1.2
task_end
echo work
exit 3
