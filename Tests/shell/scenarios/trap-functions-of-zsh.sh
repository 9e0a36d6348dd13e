# zsh's traps by function run as well; elsewhere these are plain functions.
# stdout: on
# stdout[zsh]: int 2
# stdout[zsh]: on
# stdout[zsh]: exit
# stdout[zsh-sh]: int 2
# stdout[zsh-sh]: on
# stdout[zsh-sh]: exit
# event: started 1.1
# event: completed 1.1
TRAPEXIT() { echo exit; }
TRAPINT() { echo "int $1"; }
. "$TRACK_SH"
task_begin 1.1
if [ -n "${ZSH_VERSION-}" ]; then kill -s INT $$; fi
echo on
task_end 0
