# An unset variable under set -u fails the execution; ksh93 hides that behind status 0, so nothing is confirmed.
# status: 1
# status[dash]: 2
# status[busybox]: 2
# status[yash]: 2
# event: started 1.1
# event: failed 1.1 exit_code=1
# event[dash]: started 1.1
# event[dash]: failed 1.1 exit_code=2
# event[busybox]: started 1.1
# event[busybox]: failed 1.1 exit_code=2
# event[yash]: started 1.1
# event[yash]: failed 1.1 exit_code=2
# event[ksh93]: started 1.1
# event[ksh93]: completed 1.1 confirmed=false
set -u
. "$TRACK_SH"
task_execution 1.1
echo "$no_such_variable"
