# QUIT sent to the shell ends the execution with its name, and the script by it; bash, busybox and zsh ignore it by themselves.
# status: 131
# event: started 1.1
# event: failed 1.1 signal=QUIT
# status[bash]: 0
# stdout[bash]: passed over
# event[bash]: started 1.1
# event[bash]: completed 1.1
# status[busybox]: 0
# stdout[busybox]: passed over
# event[busybox]: started 1.1
# event[busybox]: completed 1.1
# status[zsh]: 0
# stdout[zsh]: passed over
# event[zsh]: started 1.1
# event[zsh]: completed 1.1
# status[zsh-sh]: 0
# stdout[zsh-sh]: passed over
# event[zsh-sh]: started 1.1
# event[zsh-sh]: completed 1.1
. "$TRACK_SH"
task_execution 1.1
kill -s QUIT $$
sleep 1
echo passed over
