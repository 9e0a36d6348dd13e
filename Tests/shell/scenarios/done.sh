# A script that succeeds is a completed execution.
# event: started 1.1
# event: completed 1.1
# event[ksh93]: started 1.1
# event[ksh93]: completed 1.1 confirmed=false
. "$TRACK_SH"
task_execution 1.1 'Set up'
true
