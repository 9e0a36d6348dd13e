# A result that is none is refused when it is given, and costs neither the others nor the ending.
# says: 1
# event: started 1.1
# event: completed 1.1
# holds: "kept": "yes"
. "$TRACK_SH"
task_begin 1.1
task_result kept=yes
task_result --result 'not json'
task_end
