# The strict modes of bash and yash.
# event: started 1.1
# event: failed 1.1 signal=TERM
# stdout: own 143
# status: 143
trap 'echo "own $?"' EXIT
if [ -n "${BASH_VERSION-}" ]; then set -o posix; fi
if [ -n "${YASH_VERSION-}" ]; then set -o posixly-correct; fi
set -eu
. "$TRACK_SH"
task_execution 1.1
task_run true
kill -s TERM $$
sleep 1
