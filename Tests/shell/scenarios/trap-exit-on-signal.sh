# The EXIT trap runs once when a signal ends the script.
# status: 143
# stdout: clean
# event: started 1.1
# event: failed 1.1 signal=TERM
trap 'echo clean' EXIT
. "$TRACK_SH"
task_execution 1.1
kill -s TERM $$
sleep 1
