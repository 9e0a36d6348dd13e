# With a trap of the script's that returns, task_run waits on for the command's own status.
# stdout: caught
# stdout: 6
# event: started 1.1
# event: completed 1.1
trap 'echo caught' HUP
. "$TRACK_SH"
task_begin 1.1
{
	sleep 0.1
	kill -s HUP $$
} &
task_run sh -c 'trap "" HUP; sleep 0.3; exit 6'
echo $?
task_end 0
