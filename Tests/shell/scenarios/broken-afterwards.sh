# A configuration that breaks later: the ending waits in the spool for the next good writer, which merges it.
# says: 1
# stdout: work
# event: started 1.1
# event: failed 1.1 exit_code=3
# event: started 1.2
# event: completed 1.2
. "$TRACK_SH"
eval "$SHELL_UNDER_TEST -c '. \"\$TRACK_SH\"; task_execution 1.1; printf \"performance: [broken\\n\" >droid-forge.yaml; exit 3'"
echo work
: >droid-forge.yaml
task_begin 1.2
task_end 0
