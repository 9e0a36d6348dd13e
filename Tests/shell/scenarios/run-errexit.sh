# A command of task_run that fails ends the script under set -e, as it would without.
# status: 5
# stdout: step
# event: started 1.1
# event: failed 1.1 exit_code=5
set -eu
. "$TRACK_SH"
task_execution 1.1
step() {
	echo step
	return 5
}
task_run step
echo not reached
