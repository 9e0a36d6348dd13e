# Blocks that are open when a script fails end with it, innermost first.
# status: 5
# event: started 1.1
# event: started 1.2 parent=1.1
# event: started 1.3 parent=1.2
# event: failed 1.3 exit_code=5
# event: failed 1.2 exit_code=5
# event: failed 1.1 exit_code=5
. "$TRACK_SH"
task_execution 1.1
task_begin 1.2
task_begin 1.3
exit 5
