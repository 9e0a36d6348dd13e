# A strange IFS, noclobber, no globbing and a wildcard in the words.
# event: started 1.1
# event: report 1.1
# event: started 1.2 parent=1.1
# event: failed 1.2 signal=TERM
# event: failed 1.1 exit_code=12
# holds: "stars": "* 12"
# status: 12
IFS=0123456789/-. && set -Cf
. "$TRACK_SH"
task_execution 1.1 'every * of 12'
task_result 'stars=* 12'
task_progress 0.5 || echo no
task_begin 1.2
task_end 143
exit "12"
