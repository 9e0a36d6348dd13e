# An EXIT trap inside a function is the function's in zsh, and ours comes back after it.
# status: 3
# stdout[zsh]: leaving the function
# stdout[zsh]: on
# stdout: on
# stdout: leaving the function
# event[zsh]: started 1.1
# event[zsh]: failed 1.1 exit_code=3
# event: started 1.1
. "$TRACK_SH"
task_execution 1.1
step() { trap 'echo "leaving the function"' EXIT; }
step
echo on
exit 3
