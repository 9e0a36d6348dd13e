# TRACK_STRICT=1: a broken configuration fails the script.
# env: TRACK_STRICT=1
# setup: printf 'performance: [broken\n' >droid-forge.yaml
# says: 1
# status: 78
. "$TRACK_SH"
task_execution 1.1
echo not reached
