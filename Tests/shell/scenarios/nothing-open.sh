# Ending what is not open is said, and is no failure.
# says: 3
# stdout: on
set -e
. "$TRACK_SH"
task_end
task_fail no
task_result a=b
echo on
