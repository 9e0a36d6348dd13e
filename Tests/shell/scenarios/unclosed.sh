# A block nobody closed is completed, but not confirmed.
# event: started 1.1
# event: started 1.2 parent=1.1
# event: completed 1.2 confirmed=false
# event: completed 1.1 confirmed=false
. "$TRACK_SH"
task_begin 1.1
task_begin 1.2
exit 0
