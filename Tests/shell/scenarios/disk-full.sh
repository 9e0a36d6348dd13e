# No room for a byte, as far as the tools can see: one line, and the work goes on.
# says: 1
# status: 3
set -eu
. "$TRACK_SH"
# The script's own words go through a pipe, for the limit holds for them as well.
mkfifo pipe
cat <pipe >&2 &
exec 2>pipe
ulimit -f 0
task_execution 1.1
task_begin 1.2
task_end
exit 3
