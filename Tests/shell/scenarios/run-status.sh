# task_run keeps status, stdin, arguments and the fds of the script, of which ksh93 passes none on above 2.
# stdout: a  b
# stdout: from stdin
# stdout: to nine
# stdout: 5
# stdout: 127
# stdout: 0
# stdout[ksh93]: a  b
# stdout[ksh93]: from stdin
# stdout[ksh93]: 5
# stdout[ksh93]: 127
# stdout[ksh93]: 0
# event: started 1.1
# event: completed 1.1
exec 9>&1
. "$TRACK_SH"
task_begin 1.1
task_run printf '%s\n' 'a  b'
echo 'from stdin' | task_run cat
task_run sh -c 'echo "to nine" >&9' 2>/dev/null
task_run sh -c 'exit 5'
echo $?
task_run no-such-command 2>/dev/null
echo $?
nice >before
task_run nice >after
cmp before after
echo $?
task_end 0
