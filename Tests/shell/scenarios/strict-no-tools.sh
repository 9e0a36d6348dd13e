# TRACK_STRICT=1: no tools, no work.
# env: PATH=none
# env: TRACK_STRICT=1
# says: 1
# status: 69
# stdout: clean
. "$TRACK_SH"
task_on_exit 'echo clean'
task_execution 1.1
echo not reached
