# What the script ignores stays ignored.
# stdout: on
# event: started 1.1
# event: completed 1.1
trap '' INT TERM
. "$TRACK_SH"
task_begin 1.1
kill -s TERM $$
kill -s INT $$
echo on
task_end 0
