# A message may look like an option, be empty, or hold anything else.
# event: started 1.1
# event: failed 1.1 error=--exit-code=3
# event: started 1.2
# event: failed 1.2
# event: started 1.3
# event: failed 1.3 error=a line\nand another
# holds: "error": "a line\nand another"
. "$TRACK_SH"
task_begin 1.1
task_fail --exit-code=3
task_end
task_begin 1.2
task_fail ''
task_end
task_begin 1.3 --timeout 5m
task_fail 'a line
and another'
task_end
