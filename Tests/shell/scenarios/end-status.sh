# task_end takes its STATUS, else $?, which it leaves as it was.
# stdout: 7
# stdout: 0
# event: started 1.1
# event: failed 1.1 exit_code=7
# event: started 1.2
# event: failed 1.2 exit_code=4
# event: started 1.3
# event: failed 1.3 signal=TERM
# event: started 1.4
# event: failed 1.4 exit_code=129
# event: started 1.5
# event: failed 1.5
# says: 1
. "$TRACK_SH"
task_begin 1.1
(exit 7)
task_end
echo $?
task_begin 1.2
task_end 4
echo $?
task_begin 1.3
sh -c 'kill -TERM $$'
task_end
task_begin 1.4
task_end 129
task_begin 1.5
task_end fine
exit 0
