# What TRACESTATE says of another trace is taken away from the commands of an execution, and is there again behind it.
# stdout: unset
# stdout: unset
# stdout: vendor=1
# stdout: vendor=1
# stdout: mine
# event: started 1.1
# event: started 1.2 parent=1.1
# event: completed 1.2
# event: completed 1.1
# event: started 1.3
# event: completed 1.3
# event: started 1.4
# event: completed 1.4
# status: 0
set -eu
TRACESTATE=vendor=1
export TRACESTATE
unset TRACEPARENT
. "$TRACK_SH"
task_begin 1.1
echo "${TRACESTATE-unset}"
task_begin 1.2
echo "${TRACESTATE-unset}"
task_end
task_end
echo "$TRACESTATE"
TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
export TRACEPARENT
task_begin 1.3
sh -c 'echo "$TRACESTATE"'
task_end
unset TRACEPARENT
task_begin 1.4
TRACESTATE=mine
task_end
echo "$TRACESTATE"
