# What DROID_EXECUTION_ID was before, it is again, be it empty or of another making.
# stdout: <>
# stdout: exec-mine
# event: started 1.1
# event: completed 1.1
. "$TRACK_SH"
DROID_EXECUTION_ID=
export DROID_EXECUTION_ID
task_begin 1.1
task_end
echo "<$DROID_EXECUTION_ID>"
DROID_EXECUTION_ID=exec-mine
echo "$DROID_EXECUTION_ID"
