# A signal inside a function and a command substitution.
# status: 143
# event: started 1.1
# event: failed 1.1 signal=TERM
. "$TRACK_SH"
task_execution 1.1
step() {
	text=$(
		sleep 0.1
		kill -s TERM $$
		sleep 0.1
	)
	echo "not reached $text"
}
step
