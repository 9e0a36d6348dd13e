# task_fail ends the innermost open execution at once; its task_end has nothing left to do.
# stdout: outer
# event: started 1.1
# event: started 1.2 parent=1.1
# event: failed 1.2 error=no network
# event: completed 1.1
. "$TRACK_SH"
task_begin 1.1
outer=$DROID_EXECUTION_ID
task_begin 1.2
task_fail 'no network'
[ "$DROID_EXECUTION_ID" = "$outer" ] && echo outer
task_end
task_end 0
