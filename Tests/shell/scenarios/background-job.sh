# A background job outlives the script without a word about it.
# status: 2
# event: started 1.1
# event: failed 1.1 exit_code=2
. "$TRACK_SH"
task_execution 1.1
sleep 0.2 &
exit 2
