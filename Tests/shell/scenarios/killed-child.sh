# A command that a signal kills under set -e: 143, 271 and 399 are the same TERM.
# status: 143
# event: started 1.1
# event: failed 1.1 signal=TERM
set -e
. "$TRACK_SH"
task_execution 1.1
sh -c 'kill -s TERM $$'
