# Each block has its own results.
# event: started 1.1
# event: started 1.2 parent=1.1
# event: completed 1.2
# event: failed 1.1 exit_code=6
# holds: "status": "completed", "result": {"inner": "yes"}
# holds: "status": "failed", "result": {"outer": "before", "later": "after"}
# status: 6
. "$TRACK_SH"
task_execution 1.1
task_result outer=before
task_begin 1.2
task_result inner=yes
task_end
task_result later=after
exit 6
