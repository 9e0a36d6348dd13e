# A signal that was dealt with is not the reason of a later failure.
# status: 4
# stdout: caught
# event: started 1.1
# event: failed 1.1 exit_code=4
trap 'echo caught' TERM
. "$TRACK_SH"
task_execution 1.1
kill -s TERM $$
exit 4
