# A result from a file or from stdin is read when it is given.
# event: started 1.1
# event: completed 1.1
# event: started 1.2
# event: completed 1.2
# holds: "from_file": "a b"
# holds: "from_stdin": "c d"
. "$TRACK_SH"
task_begin 1.1
echo '{"from_file": "a b"}' >r.json
task_result --result @r.json
rm r.json
task_end
task_begin 1.2
echo '{"from_stdin": "c d"}' >r.json
task_result --result - <r.json
rm r.json
task_end
