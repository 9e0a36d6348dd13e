# TRACK_STRICT=1: so does an ending that cannot be recorded, when the script itself would succeed.
# env: TRACK_STRICT=1
# says: 1
# status: 78
# stdout: on
# event: started 1.1
. "$TRACK_SH"
task_execution 1.1
printf 'performance: [broken\n' >droid-forge.yaml
echo on
