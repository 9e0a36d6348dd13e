# The commands of an execution work in its trace; what TRACEPARENT was before, it is again, be it empty or another.
# stdout: in the trace
# stdout: in the outer span
# stdout: inner
# stdout: outer again
# stdout: <>
# stdout: mine
# stdout: unset
# event: started 1.1
# event: started 1.2 parent=1.1
# event: completed 1.2
# event: started 1.3
# event: completed 1.3
# event: started 1.4
# event: completed 1.4
# event: started 1.5 parent=1.1
# event: completed 1.5
# event: failed 1.1 exit_code=3
# status: 3
# holds: "trace_id": "0af7651916cd43dd8448eb211c80319c"
# holds: "parent_span_id": "b7ad6b7169203331"
set -eu
TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
export TRACEPARENT
before=$TRACEPARENT
. "$TRACK_SH"
task_execution 1.1
outer=$TRACEPARENT
case $outer in "$before") ;; 00-0af7651916cd43dd8448eb211c80319c-*-01) echo 'in the trace' ;; esac
sh -c '[ "$TRACEPARENT" = "$1" ]' sh "$outer" && echo 'in the outer span'
task_begin 1.2
case $TRACEPARENT in "$outer") ;; 00-0af7651916cd43dd8448eb211c80319c-*) echo inner ;; esac
task_end
case $TRACEPARENT in "$outer") echo 'outer again' ;; esac
execution=$DROID_EXECUTION_ID
unset DROID_EXECUTION_ID
TRACEPARENT=
task_begin 1.3
task_end
echo "<$TRACEPARENT>"
task_begin 1.4
TRACEPARENT=mine
task_end
echo "$TRACEPARENT"
TRACEPARENT=$outer DROID_EXECUTION_ID=$execution
export DROID_EXECUTION_ID
unset TRACEPARENT
task_begin 1.5
task_end
echo "${TRACEPARENT-unset}"
exit 3
