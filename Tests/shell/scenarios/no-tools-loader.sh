# The line for the top of a script, on a machine without the tools.
# env: PATH=none
# stdout: work
set -eu
eval "$(track-shell || echo 'task_execution() { :; }')"
task_execution 1.1 'Set up'
echo work
