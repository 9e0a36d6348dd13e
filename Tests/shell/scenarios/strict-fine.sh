# TRACK_STRICT=1 changes nothing while all is well.
# env: TRACK_STRICT=1
# status: 3
# event: started 1.1
# event: completed 1.1
. "$TRACK_SH"
task_begin 1.1
task_end 0
exit 3
