# In a subshell nothing is opened and nothing ended.
# stdout: on
# event: started 1.1
# event: failed 1.1 exit_code=8
# status: 8
. "$TRACK_SH"
task_execution 1.1
(
	task_begin 1.2
	task_end
	task_end
	exit 5
)
text=$(
	task_begin 1.3
	task_fail no
)
true | task_begin 1.4 | true
{ task_begin 1.5; } &
wait
(task_execution 1.6)
echo "${text}on"
exit 8
