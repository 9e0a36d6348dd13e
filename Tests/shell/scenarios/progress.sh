# Progress is reported from anywhere, and eats no stdin.
# stdout: one
# stdout: two
# event: started 1.1
# event: report 1.1 message=first
# event: report 1.1 message=in a subshell
# event: report 1.1 message=line one
# event: report 1.1 message=line two
# event: failed 1.1 exit_code=9
# status: 9
. "$TRACK_SH"
task_execution 1.1
task_progress 0.25 first
(task_progress 0.5 'in a subshell')
printf 'one\ntwo\n' | while read -r word; do
	task_progress 0.75 "line $word"
	echo "$word"
done
exit 9
