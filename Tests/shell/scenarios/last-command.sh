# A script's status is that of its work, also when the helper has the last word.
# status: 6
# event: started 1.1
# event: failed 1.1 exit_code=6
. "$TRACK_SH"
task_begin 1.1
(exit 6)
task_end
