# set -e is on in an EXIT trap when it was on.
# status: 1
# stdout: one
# event: started 1.1
# event: completed 1.1
# status[zsh]: 0
# status[zsh-sh]: 0
trap 'echo one; false; echo two' EXIT
set -e
. "$TRACK_SH"
task_begin 1.1
task_end
