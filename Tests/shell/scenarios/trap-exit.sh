# The script's own EXIT trap runs, with the right $? and the script's own arguments.
# status: 3
# stdout: it's "over": 3, <a b>
# event: started 1.1
# event: failed 1.1 exit_code=3
set -- 'a b'
trap 'echo "it'\''s \"over\": $?, <$1>"' EXIT
. "$TRACK_SH"
task_execution 1.1
exit 3
