# The line for the top of a script, with the tools.
# status: 3
# event: started 1.1
# event: failed 1.1 exit_code=3
set -eu
eval "$(track-shell || echo 'task_execution() { :; }')"
PATH=/nonexistent
task_execution 1.1 'Set up'
exit 3
