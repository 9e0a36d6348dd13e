# TRACK_DISABLE=1 turns all of it off but the script's own commands.
# env: TRACK_DISABLE=1
# status: 4
# stdout: work
# stdout: 5
# stdout: clean 4
# stdout: own 4
trap 'echo "own $?"' EXIT
. "$TRACK_SH"
task_execution 1.1
task_execution 1.1
task_on_exit 'echo "clean $?"'
task_progress 0.5
task_result a=b
task_begin 1.2
task_fail no
task_end
task_end
task_run echo work
task_run sh -c 'exit 5'
echo $?
exit 4
