# The status of the script is in $? of an EXIT trap whatever the trap is, and an exit in it counts.
# status: 9
# stdout: 0
# event: started 1.1
# event: completed 1.1
leave() {
	echo $?
	exit 9
}
trap leave EXIT
. "$TRACK_SH"
task_begin 1.1
task_end
