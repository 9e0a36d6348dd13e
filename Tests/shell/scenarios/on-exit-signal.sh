# task_on_exit runs on a signal too.
# status: 130
# stdout: bye 130
# event: started 1.1
# event: failed 1.1 signal=INT
. "$TRACK_SH"
task_on_exit 'echo "bye $?"'
task_execution 1.1
kill -s INT $$
sleep 1
