# So does one inside a function, where zsh forgets the EXIT trap.
# status: 3
# event: started 1.1
# event: failed 1.1 exit_code=3
set -e
. "$TRACK_SH"
task_execution 1.1
inner() {
	(exit 3)
	echo not reached
}
outer() { inner; }
outer
