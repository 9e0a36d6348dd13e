# A trap of the script's that returns: nothing has ended.
# stdout: caught
# stdout: on
# event: started 1.1
# event: completed 1.1
trap 'echo caught' HUP TERM
. "$TRACK_SH"
task_begin 1.1
kill -s HUP $$
echo on
task_end 0
