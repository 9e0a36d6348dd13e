# exit in the last part of a pipeline leaves the script in zsh and ksh93, and is just recorded.
# stdout: on
# stdout[zsh]: -
# stdout[ksh93]: -
# status: 0
# status[zsh]: 6
# status[ksh93]: 6
# event: started 1.1
# event: failed 1.1 exit_code=1
# event[zsh]: started 1.1
# event[zsh]: failed 1.1 exit_code=6
# event[ksh93]: started 1.1
# event[ksh93]: failed 1.1 exit_code=6
. "$TRACK_SH"
task_execution 1.1
echo x | exit 6
echo on
task_end 1
