# With TRACK_DISABLE=1 signals are the shell's own business.
# env: TRACK_DISABLE=1
# status: 143
. "$TRACK_SH"
task_execution 1.1
kill -s TERM $$
sleep 1
