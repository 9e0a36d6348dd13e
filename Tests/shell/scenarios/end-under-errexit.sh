# Under set -e no call of the helper ends the script.
# stdout: done
# event: started 1.1
# event: failed 1.1 exit_code=1
# event: started 1.2
# event: failed 1.2 exit_code=1 error=no
# says: 1
set -e
. "$TRACK_SH"
task_begin 1.1
false || task_end
task_begin 1.2
false || task_fail no
task_end
task_end
echo done
