# The ending goes to the project of the start, wherever the script has gone.
# event: started 1.1
# event: report 1.1 message=from afar
# event: completed 1.1
# stdout: /
. "$TRACK_SH"
task_begin 1.1
cd /
task_progress 0.5 'from afar'
task_end 0
pwd
