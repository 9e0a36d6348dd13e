# The long names of zsh's options are no different.
# status: 3
# event: started 1.1
# event: failed 1.1 exit_code=3
if [ -n "${ZSH_VERSION-}" ]; then setopt err_exit no_unset warn_create_global rc_quotes glob_assign; else set -eu; fi
. "$TRACK_SH"
task_execution 1.1
task_result "quotes=it''s"
steps() {
	(exit 3)
	echo not reached
}
steps
