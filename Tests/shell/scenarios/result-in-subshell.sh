# A result cannot leave a subshell, which is said.
# says: 1
# event: started 1.1
# event: completed 1.1
. "$TRACK_SH"
task_begin 1.1
(task_result a=b)
task_end 0
