# No call changes an option, the umask, IFS, the directory or the arguments.
# stdout: same
# event: started 1.1
# event: report 1.1 message=x
# event: completed 1.1
set -- a 'b c'
state() {
	set +o
	if [ -n "${ZSH_VERSION-}" ]; then setopt; fi
	umask
	pwd
	printf '<%s>\n' "$IFS" "$@"
}
state "$@" >before
. "$TRACK_SH"
task_begin 1.1
task_progress 0.5 x
task_result a=b
task_run true
task_on_exit :
task_end 0
state "$@" >after
cmp before after && echo same
