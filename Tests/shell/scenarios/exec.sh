# exec ends the shell without a word: this is the sweep's business.
# stdout: replaced
# event: started 1.1
. "$TRACK_SH"
task_execution 1.1
exec sh -c "echo replaced"
