# A subshell killed right after its fork, in which bash still runs our EXIT trap, ends nothing.
# event: started 1.1
# event: completed 1.1
. "$TRACK_SH"
task_begin 1.1
n=0
while [ "$n" -lt 20 ]; do
	(sleep 1) &
	kill -s TERM "$!"
	n=$((n + 1))
done
wait
task_end 0
