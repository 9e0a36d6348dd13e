# The tools go away while the script runs: the shell says so once.
# stdout: work
# setup: mkdir bin; cp "$(command -v task-start)" bin/task-start; for t in task-done task-fail task-progress; do ln bin/task-start bin/$t; done
# event: started 1.1
set -eu
_track_bin=$PWD/bin
. "$TRACK_SH"
task_execution 1.1
rm -r bin
task_progress 0.5 2>said
[ "$(wc -l <said)" -eq 1 ] || cat said
task_begin 1.2
task_end
echo work
