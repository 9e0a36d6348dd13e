# After task_fail the script goes on, and its end adds nothing.
# stdout: on
# event: started 1.1
# event: failed 1.1 error=no network
. "$TRACK_SH"
task_execution 1.1
task_fail 'no network'
echo on
exit 0
