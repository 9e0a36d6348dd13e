# A trap of the script's that exits: its status, and the signal that was behind it.
# status: 7
# stdout: stopping
# stdout: clean 7
# event: started 1.1
# event: failed 1.1 signal=TERM
trap 'echo "clean $?"' EXIT
trap 'echo stopping; exit 7' TERM
. "$TRACK_SH"
task_execution 1.1
kill -s TERM $$
sleep 1
