# A block knows its parent, and the id before it is current again after it.
# stdout: outer
# stdout: inner
# stdout: outer
# stdout: unset
# event: started 1.1
# event: started 1.2 parent=1.1
# event: completed 1.2
# event: completed 1.1
. "$TRACK_SH"
task_begin 1.1
outer=$DROID_EXECUTION_ID
sh -c '[ "$DROID_EXECUTION_ID" = "$1" ]' sh "$outer" && echo outer
task_begin 1.2
[ "$DROID_EXECUTION_ID" = "$outer" ] || echo inner
task_end
[ "$DROID_EXECUTION_ID" = "$outer" ] && echo outer
task_end
echo "${DROID_EXECUTION_ID-unset}"
