# Under set -a the helper's variables reach a child script, which still tracks on its own.
# event: started 1.1
# event: started 2.1 parent=1.1
# event: failed 2.1 exit_code=4
# event: completed 1.1
# setup: printf '%s\n' '. "$TRACK_SH"' 'task_execution 2.1' 'exit 4' >child
set -a
. "$TRACK_SH"
task_execution 1.1
eval "$SHELL_UNDER_TEST ./child" || true
task_end 0
