# shellcheck shell=sh
# shellcheck disable=SC2089,SC2090 # quotes in variables are for eval
# track.sh - record what a script does as task executions; see track.sh(7).
#
# To be sourced at the top level of a script, in any of dash, bash, zsh, mksh, ksh93, busybox ash and yash:
#
#	eval "$(track-shell || echo 'task_execution() { :; }')"
#
# Everything defined here begins with task_ or _track_. It works whatever IFS, set -eu, noclobber and the like are, and
# leaves them as they are. Nothing here may write to stdout, and nothing but TRACK_STRICT=1 may change the script's
# outcome. Code in this file therefore never fails in a plain command, quotes every expansion, and has no local
# variables, for ksh93 has none.
#
# An execution that is open is a frame of a stack: its number n is the n of _track_id_n (the execution's id; - when its
# start could not be recorded, . when it has ended ahead of its task_end), _track_kind_n (execution or block),
# _track_dir_n (where it was opened), _track_outer_n (x and what DROID_EXECUTION_ID was before; nothing when it was unset),
# _track_trace_n (what TRACEPARENT is inside it; nothing where task-start did not say), _track_above_n (as _track_outer_n,
# of TRACEPARENT), _track_state_n (x and what TRACESTATE was before, where it was of another trace) and _track_results_n
# (options for its ending, as quoted words).

case ${_track_loaded-} in "$$") return 0 ;; esac
_track_loaded=$$

# Every variable is set here once: with warn_create_global, zsh reports those a function creates.
_track_nl='
'
_track_shell=sh _track_global='' _track_builtin=command
_track_depth=0 _track_executed='' _track_mute='' _track_leaving='' _track_rc=0 _track_exit_code='' _track_armed=''
_track_id='' _track_kind='' _track_dir='' _track_outer='' _track_results='' _track_started='' _track_line='' _track_head=''
_track_st=0 _track_was=0 _track_n=0 _track_how='' _track_what='' _track_tool='' _track_pid='' _track_rest='' _track_quoted=''
_track_caught='' _track_interrupted='' _track_child='' _track_before='' _track_running='' _track_fd='' _track_options=''
_track_ending='' _track_words='' _track_path='' _track_listing='' _track_record='' _track_inside=''
_track_opening='' _track_starting='' _track_below=0 _track_sub=0 _track_number=0 _track_value='' _track_trace='' _track_above=''
_track_state=''
_track_shield=: _track_release=: _track_user=''
_track_user_HUP='' _track_user_INT='' _track_user_QUIT='' _track_user_PIPE='' _track_user_TERM='' _track_traps=: _track_mask=0

case ${TRACK_DISABLE:-0} in 0) _track_off='' ;; *) _track_off=1 ;; esac

if [ -n "${ZSH_VERSION-}" ] && command -v zmodload >/dev/null; then
	_track_shell=zsh _track_global='typeset -g' _track_builtin=builtin
elif [ -n "${BASH_VERSION-}" ]; then
	_track_shell=bash
elif [ -n "${YASH_VERSION-}" ]; then
	_track_shell=yash
else
	case ${KSH_VERSION-} in
	*' 93'*) if command -v compound >/dev/null; then _track_shell=ksh93; fi ;;
	esac
fi

# zsh names a function in $0, and a shell that runs no script names itself: neither is the name of a droid.
if [ "$_track_shell" = zsh ]; then _track_script=${ZSH_ARGZERO-}; else _track_script=$0; fi
_track_script=${_track_script##*/}
case $_track_script in
sh | -* | dash | bash | zsh | ksh* | mksh | busybox | ash | yash) _track_script='' ;;
esac

# The tools are those track-shell stands beside, else those on the PATH of now; later changes of PATH do not matter.
case ${_track_bin-} in
/*) ;;
*)
	_track_bin='' _track_path=${PATH-}:
	while [ -n "$_track_path" ]; do
		_track_line=${_track_path%%:*} _track_path=${_track_path#*:}
		case $_track_line in /*) ;; *) _track_line=${PWD-}/$_track_line ;; esac
		if command -v "$_track_line/task-start" >/dev/null 2>&1; then
			_track_bin=$_track_line
			break
		fi
	done
	;;
esac

_track_say() { # TOOL MESSAGE
	"$_track_builtin" echo "$1: $2" >&2 || :
}

# Quotes VALUE as one word of shell input, into _track_quoted.
_track_quote() { # VALUE
	_track_quoted=\' _track_rest=$1
	while :; do
		case $_track_rest in
		*\'*) _track_quoted=$_track_quoted${_track_rest%%\'*}"'\\''" _track_rest=${_track_rest#*\'} ;;
		*) break ;;
		esac
	done
	_track_quoted=$_track_quoted$_track_rest\'
}

# Is this the process of the main shell? In a subshell $$ is still the main shell's pid.
_track_process() {
	# shellcheck disable=SC3028 # where there is no BASHPID it is empty
	{ IFS=' ' \read -r _track_pid _track_rest </proc/self/stat; } 2>/dev/null || _track_pid=${BASHPID-}
	# Without /proc the tools find out: their parent is not the pid that --shell-pid names.
	case $_track_pid in "$$" | '') return 0 ;; *) return 1 ;; esac
}

# Is this the main shell itself? ksh93 runs most of its subshells in the same process.
_track_main() {
	case $_track_shell in ksh93)
		# shellcheck disable=SC2016 # other shells must not parse this expansion
		eval '_track_sub=${.sh.subshell}'
		case $_track_sub in 0) ;; *) return 1 ;; esac
		;;
	esac
	_track_process
}

# May executions be opened and ended here?
_track_here() {
	case $_track_off in 1) return 1 ;; esac
	_track_main
}

# Becomes a tool. To be called in a subshell, so that the tool's parent is the shell that forked it.
_track_become() { # TOOL ARGUMENT...
	_track_tool=$_track_bin/$1
	shift
	case $_track_mute in
	'') exec "$_track_tool" "$@" ;;
	*) exec "$_track_tool" "$@" 2>/dev/null ;;
	esac
}

# Runs a tool in the directory where the execution was opened, whose project it belongs to; its status is in _track_st.
_track_call() { # TOOL ARGUMENT...
	_track_st=0
	(
		case $_track_dir in
		'' | "${PWD-}") ;;
		*) "$_track_builtin" cd -- "$_track_dir" >/dev/null 2>&1 || : ;;
		esac
		_track_become "$@"
	) >/dev/null || _track_st=$?
}

# Are there tools? That there are none is said once.
_track_equipped() {
	case $_track_bin,$_track_mute in
	?*,*) return 0 ;;
	,) _track_say track.sh 'cannot record tasks: task-start is not on the PATH' ;;
	esac
	_track_fault 69
	return 1
}

# What follows from a failure. The caller's own mistakes are each worth a line, the state of the machine only one.
_track_fault() { # STATUS
	case $1 in 64 | 65) ;; *) _track_mute=1 ;; esac
	case ${TRACK_STRICT:-0} in 0) return 0 ;; esac
	case $_track_leaving$_track_rc in
	'0') exit "$1" ;;
	10) _track_rc=$1 ;;
	esac
}

# Reads frame N into _track_id, _track_kind, _track_dir, _track_outer, _track_trace, _track_above, _track_state and
# _track_results.
_track_frame() { # N
	eval "_track_id=\$_track_id_$1 _track_kind=\$_track_kind_$1 _track_dir=\$_track_dir_$1" \
		"_track_outer=\$_track_outer_$1 _track_trace=\$_track_trace_$1 _track_above=\$_track_above_$1 _track_state=\$_track_state_$1" \
		"_track_results=\$_track_results_$1"
}

# Finds the innermost execution that is still open: its frame is read and _track_n is its number, else 0.
_track_innermost() {
	_track_n=$_track_depth
	while [ "$_track_n" -gt 0 ]; do
		_track_frame "$_track_n"
		case $_track_id in .) _track_n=$((_track_n - 1)) ;; *) return 0 ;; esac
	done
}

# Pushes a frame for an execution that is now open, or - for one that is not.
_track_push() { # ID KIND
	_track_id=$1 _track_kind=$2 _track_dir=${PWD-} _track_outer=${DROID_EXECUTION_ID+x$DROID_EXECUTION_ID}
	_track_n=$((_track_depth + 1))
	eval "$_track_global _track_id_$_track_n=\$_track_id _track_kind_$_track_n=\$_track_kind" \
		"_track_dir_$_track_n=\$_track_dir _track_outer_$_track_n=\$_track_outer _track_trace_$_track_n=" \
		"_track_above_$_track_n= _track_state_$_track_n= _track_results_$_track_n="
	_track_depth=$_track_n
	case $_track_id in -) return 0 ;; esac
	DROID_EXECUTION_ID=$_track_id
	export DROID_EXECUTION_ID
}

# Puts the commands of the script into the trace of the execution that was pushed last.
_track_enter() { # TRACEPARENT
	_track_trace=$1 _track_above=${TRACEPARENT+x$TRACEPARENT}
	eval "_track_trace_$_track_depth=\$_track_trace _track_above_$_track_depth=\$_track_above"
	TRACEPARENT=$_track_trace
	export TRACEPARENT
}

# Takes away what TRACESTATE says of another trace.
_track_leave_state() {
	eval "_track_state_$_track_depth=x\${TRACESTATE-}"
	unset TRACESTATE
}

# Takes what task-start printed. A signal may come between its start and this: the handlers call it too.
_track_settle() {
	while :; do
		case $_track_started in '') return 0 ;; esac
		_track_line=${_track_started%%"$_track_nl"*} _track_id=${_track_line#*=}
		_track_id=${_track_id#[\'\"]} _track_id=${_track_id%%[!A-Za-z0-9._:@+-]*}
		case $_track_line in
		'export DROID_EXECUTION_ID='?*) _track_push "$_track_id" "$_track_opening" ;;
		'export DROID_RUN_ID='?*)
			DROID_RUN_ID=$_track_id
			export DROID_RUN_ID
			;;
		'export TRACEPARENT='?*) case $_track_depth in "$_track_below") ;; *) _track_enter "$_track_id" ;; esac ;;
		'unset TRACESTATE') case $_track_depth in "$_track_below") ;; *) _track_leave_state ;; esac ;;
		esac
		case $_track_started in
		*"$_track_nl"*) _track_started=${_track_started#*"$_track_nl"} ;;
		*) _track_started='' ;;
		esac
	done
}

_track_open() { # KIND TASK [DESCRIPTION] [OPTION...]
	_track_opening=$1 _track_st=0 _track_below=$_track_depth
	shift
	if _track_equipped; then
		_track_starting=1
		_track_started=$(
			SCRIPT_NAME=${SCRIPT_NAME:-$_track_script}
			export SCRIPT_NAME
			_track_become task-start --owner-pid "$$" --export "$@" </dev/null
		) || _track_st=$?
		_track_settle
	fi
	case $_track_depth in "$_track_below") _track_push - "$_track_opening" ;; esac
	case $_track_starting in
	'' | 1) _track_starting='' ;;
	*)
		_track_line=$_track_starting _track_starting=''
		kill -s "$_track_line" "$$"
		;;
	esac
	case $_track_st in 0) ;; *) _track_fault "$_track_st" ;; esac
}

# Ends the execution of frame _track_n, which has been read, unless it has ended. The frame stays.
_track_finish() { # TOOL [OPTION...]
	case $_track_id in - | .) return 0 ;; esac
	_track_ending=$1
	shift
	eval "_track_call \"\$_track_ending\" . --execution \"\$_track_id\" --shell-pid \"\$\$\" --quiet-if-ended" \
		"\"\$@\" $_track_results </dev/null"
	case $_track_results:$_track_st in
	:* | *:0 | *:6[6-9] | *:7?) ;;
	*) # The result is at fault, and it must not cost the ending.
		_track_call "$_track_ending" . --execution "$_track_id" --shell-pid "$$" --quiet-if-ended "$@" </dev/null
		;;
	esac
	eval "_track_id_$_track_n=."
	case ${DROID_EXECUTION_ID-} in "$_track_id")
		DROID_EXECUTION_ID=${_track_outer#x}
		case $_track_outer in '') unset DROID_EXECUTION_ID ;; *) export DROID_EXECUTION_ID ;; esac
		;;
	esac
	case $_track_trace in
	'') ;;
	"${TRACEPARENT-}")
		TRACEPARENT=${_track_above#x}
		case $_track_above in '') unset TRACEPARENT ;; *) export TRACEPARENT ;; esac
		case ${TRACESTATE+set}$_track_state in
		x*)
			TRACESTATE=${_track_state#x}
			export TRACESTATE
			;;
		esac
		;;
	esac
	case $_track_st in 0) ;; *) _track_fault "$_track_st" ;; esac
}

# Ends whatever is open, innermost first; without an option as completed.
_track_finish_all() { # [--exit-code N | --signal NAME]
	while [ "$_track_depth" -gt 0 ]; do
		_track_n=$_track_depth
		_track_frame "$_track_n"
		case $#,$_track_kind,$_track_shell in
		# A block nobody closed proves nothing; nor does status 0 in ksh93, which also follows shell errors.
		0,block,* | 0,*,ksh93) _track_finish task-done --unconfirmed ;;
		0,*) _track_finish task-done ;;
		*) _track_finish task-fail "$@" ;;
		esac
		_track_depth=$((_track_depth - 1))
	done
}

# Reads STATUS as this shell means it, into _track_how (--exit-code or --signal) and _track_what.
#
# A command killed by signal n gives 128+n, in ksh93 256+n, in yash 384+n; 258 in yash is a syntax error. 129 is left
# alone: it is git's status for wrong usage far more often than a HUP.
_track_judge() { # STATUS
	_track_how=--exit-code _track_what=$1 _track_number=$1
	case $_track_shell in
	ksh93) if [ "$1" -gt 256 ]; then _track_number=$(($1 - 128)); fi ;;
	yash) if [ "$1" -gt 384 ]; then _track_number=$(($1 - 256)); elif [ "$1" -gt 256 ]; then _track_what=$(($1 - 256)); fi ;;
	esac
	case $_track_number in
	129) case $1 in 129) return 0 ;; *) _track_what=HUP ;; esac ;;
	130) _track_what=INT ;;
	131) _track_what=QUIT ;;
	132) _track_what=ILL ;;
	133) _track_what=TRAP ;;
	134) _track_what=ABRT ;;
	135) _track_what=BUS ;;
	136) _track_what=FPE ;;
	137) _track_what=KILL ;;
	138) _track_what=USR1 ;;
	139) _track_what=SEGV ;;
	140) _track_what=USR2 ;;
	141) _track_what=PIPE ;;
	142) _track_what=ALRM ;;
	143) _track_what=TERM ;;
	152) _track_what=XCPU ;;
	153) _track_what=XFSZ ;;
	159) _track_what=SYS ;;
	*) return 0 ;;
	esac
	_track_how=--signal
}

# The status of a function whose call is to leave $? as it was. Under set -e, where it would end the script, it is 0.
_track_unchanged() { # STATUS
	case $- in *e*) return 0 ;; esac
	return "$1"
}

task_execution() { # TASK [DESCRIPTION] [OPTION...]
	_track_here || return 0
	case $_track_executed in
	'') _track_executed=1 ;;
	*)
		_track_say task_execution 'cannot start a second execution: this script is one already, use task_begin'
		_track_fault 64
		return 0
		;;
	esac
	_track_open execution "$@"
}

task_begin() { # TASK [DESCRIPTION] [OPTION...]
	_track_here || return 0
	_track_open block "$@"
}

task_end() { # [STATUS]
	_track_was=$?
	if ! _track_here; then
		:
	elif [ "$_track_depth" -eq 0 ]; then
		_track_say task_end 'cannot end a task: none is open'
		_track_fault 64
	else
		_track_n=$_track_depth
		_track_frame "$_track_n"
		case ${1-$_track_was} in
		'' | *[!0-9]*)
			_track_say task_end 'cannot read status: not a number; the task has failed'
			_track_finish task-fail
			;;
		0) _track_finish task-done ;;
		*)
			_track_judge "${1-$_track_was}"
			_track_finish task-fail "$_track_how" "$_track_what"
			;;
		esac
		_track_depth=$((_track_depth - 1))
	fi
	_track_unchanged "$_track_was"
}

task_fail() { # MESSAGE
	_track_was=$?
	set -- ${1:+"--error=$1"}
	if _track_here; then
		_track_innermost
		case $_track_n,$_track_was in
		0,*)
			_track_say task_fail 'cannot fail a task: none is open'
			_track_fault 64
			;;
		*,0) _track_finish task-fail "$@" ;;
		*)
			_track_judge "$_track_was"
			_track_finish task-fail "$@" "$_track_how" "$_track_what"
			;;
		esac
	fi
	_track_unchanged "$_track_was"
}

# Also in a subshell: a report neither opens nor ends anything.
task_progress() { # [FRACTION] [MESSAGE] [OPTION...]
	case $_track_off in 1) return 0 ;; esac
	_track_innermost
	case $_track_n,$_track_id in
	0,*)
		_track_equipped || return 0
		_track_dir=''
		_track_call task-progress . "$@"
		;;
	*,-) return 0 ;;
	*) _track_call task-progress . --execution "$_track_id" "$@" ;;
	esac
	case $_track_st in 0) ;; *) _track_fault "$_track_st" ;; esac
}

# Adds a word to _track_words.
_track_word() { # WORD
	_track_quote "$1"
	_track_words="$_track_words $_track_quoted"
}

# Adds --result VALUE to _track_words, with the text of a file or of stdin itself: at the ending both may be gone.
_track_document() { # VALUE
	_track_value=$1
	case $1 in
	-) _track_value=$(command cat) || _track_value=- ;;
	@*) _track_value=$({ command cat <"${1#@}"; } 2>/dev/null) || _track_value=$1 ;;
	esac
	_track_word "--result=$_track_value"
}

task_result() { # KEY=VALUE... | OPTION VALUE...
	case $_track_off in 1) return 0 ;; esac
	_track_innermost
	case $_track_n,$_track_id in
	0,*)
		_track_say task_result 'cannot keep a result: no task is open'
		_track_fault 64
		return 0
		;;
	*,-) return 0 ;;
	esac
	if ! _track_main; then
		_track_say task_result 'cannot keep a result: in a subshell'
		return 0
	fi
	_track_words=''
	while [ "$#" -gt 0 ]; do
		case $1 in
		--result=*) _track_document "${1#*=}" ;;
		--set=* | --file-*=* | --commit=* | --branch=* | --tests-run=* | --coverage=*) _track_word "$1" ;;
		--result | --set | --file-* | --commit | --branch | --tests-run | --coverage)
			case $1,$# in
			*,1) _track_word "$1" ;;
			--result,*) _track_document "$2" && shift ;;
			*) _track_word "$1=$2" && shift ;;
			esac
			;;
		-*)
			_track_say task_result 'cannot keep a result: unknown option'
			_track_fault 64
			return 0
			;;
		*) _track_word "--set=$1" ;;
		esac
		shift
	done
	eval "_track_call task-done --check-result $_track_words </dev/null"
	case $_track_st in
	0) eval "_track_results_$_track_n=\$_track_results\$_track_words" ;;
	*) _track_fault "$_track_st" ;;
	esac
}

_track_run_command() { # CMD [ARGUMENT...]
	case $(command -v -- "$1") in /*) exec "$@" ;; *) "$@" ;; esac
}

# CMD in the background, so that a signal to the shell alone is acted on at once. It keeps the stdin of the script, which
# a background command otherwise loses; the fd that carries it over is one nobody uses.
task_run() { # CMD [ARGUMENT...]
	case $_track_off,$- in 1,* | *,*[im]*)
		"$@"
		return
		;;
	esac
	_track_fd=9
	while [ "$_track_fd" -gt 3 ] && [ -e "/dev/fd/$_track_fd" ]; do _track_fd=$((_track_fd - 1)); done
	# zsh runs background commands at a lower priority.
	case $_track_shell in zsh) eval 'setopt local_options no_bg_nice' ;; esac
	_track_before=${!-} _track_running=1 _track_interrupted=''
	# yash forks twice for a command in the background, unless told to exec it.
	case $_track_shell in yash) set -- _track_run_command "$@" ;; esac
	if [ -e /dev/fd/0 ]; then
		eval "exec $_track_fd<&0"
		eval "\"\$@\" <&$_track_fd $_track_fd<&- & exec $_track_fd<&-"
	else
		"$@" <&- &
	fi
	_track_child=$!
	while :; do
		_track_was=0
		wait "$_track_child" || _track_was=$?
		kill -0 "$_track_child" 2>/dev/null || break
	done
	# The status may be that of a trap; if the command ended meanwhile, its own can still be had.
	case $_track_interrupted in 1)
		_track_st=0
		wait "$_track_child" 2>/dev/null || _track_st=$?
		case $_track_st in 127) ;; *) _track_was=$_track_st ;; esac
		;;
	esac
	_track_running='' _track_child=''
	# Under set -e a return other than 0 ends yash without its EXIT trap.
	case $_track_shell in yash) (exit "$_track_was") ;; *) return "$_track_was" ;; esac
}

# Passes SIGNAL on to the command of task_run. Background commands ignore INT and QUIT, so these arrive as TERM.
_track_forward() { # SIGNAL
	case $_track_running,${!-} in
	,* | "1,$_track_before") return 0 ;;
	esac
	_track_child=$!
	case $1 in INT | QUIT) set -- TERM ;; esac
	kill -s "$1" "$_track_child" 2>/dev/null || :
}

# Adds code to what runs at the end, before what is there already; each piece finds the script's status in $?.
_track_add_exit_code() { # CODE
	_track_quote "$1"
	_track_exit_code="if _track_status; then eval $_track_quoted; else eval $_track_quoted; fi$_track_nl$_track_exit_code"
}

_track_status() {
	return "$_track_rc"
}

task_on_exit() { # CMD [ARGUMENT...]
	if ! _track_main; then
		_track_say task_on_exit 'cannot register a command: in a subshell'
		return 0
	fi
	_track_words=${1-}
	case $# in
	0 | 1) ;;
	*)
		_track_words=''
		while [ "$#" -gt 0 ]; do
			_track_word "$1"
			shift
		done
		;;
	esac
	_track_add_exit_code "$_track_words"
	case $_track_armed in '') _track_arm ;; esac
}

# The first thing in every handler: no further signal, no set -eu. _track_recover undoes it for the caller's own code.
_track_cover() {
	eval "$_track_shield"
	_track_options=$- _track_leaving=1
	set +eu
	# zsh otherwise gives the tools back the signals that are ignored here.
	case $_track_shell in zsh)
		eval 'if [[ ! -o posix_traps ]]; then setopt posix_traps; _track_options=$_track_options+; fi'
		;;
	esac
	_track_disarm
	_track_settle
}

_track_recover() {
	eval "$_track_release"
	case $_track_shell$_track_options in zsh*+) eval 'unsetopt posix_traps' ;; esac
	case $_track_options in *e*) set -e ;; esac
	case $_track_options in *u*) set -u ;; esac
}

_track_at_exit() { # STATUS
	_track_rc=$1
	_track_process || {
		_track_disarm
		exit "$_track_rc"
	}
	_track_cover
	case $_track_rc,$_track_caught in
	0,*) _track_finish_all ;;
	*,?*) _track_finish_all --signal "$_track_caught" ;;
	*)
		_track_judge "$_track_rc"
		_track_finish_all "$_track_how" "$_track_what"
		;;
	esac
	_track_recover
}

# mksh needs to be told the status; with 0, ksh93 would forget a failure it hides. Under set -e ksh93 gives 128+n for a
# command killed by signal n; an exit with the 256+n that it knows itself would leave it with n.
_track_leave() {
	case $_track_shell,$- in ksh93,*e*) if [ "$_track_rc" -gt 256 ]; then _track_rc=$((_track_rc - 128)); fi ;; esac
	case $_track_rc in 0) ;; *) exit "$_track_rc" ;; esac
}

# A signal the script has no trap for.
_track_at_signal() { # SIGNAL NUMBER
	_track_rc=$((128 + $2))
	_track_process || _track_die "$1"
	_track_cover
	_track_forward "$1"
	_track_finish_all --signal "$1"
	_track_recover
	case $_track_child in ?*) wait "$_track_child" || : ;; esac
}

# Death by the signal itself, so that whoever waits for the script sees it.
_track_die() { # SIGNAL
	_track_disarm
	trap - "$1"
	kill -s "$1" "${_track_pid:-$$}"
	exit "$_track_rc"
}

# A signal the script has a trap for: the trap decides whether the script goes on.
_track_at_trapped() { # SIGNAL
	_track_caught=$1 _track_interrupted=1
	_track_forward "$1"
}

# While a task starts, zsh and ksh93 would handle a signal before they know the id: it is sent again afterwards.
_track_deferred() { # SIGNAL
	case $_track_starting in '') return 1 ;; esac
	_track_starting=$1
}

# Sets the EXIT trap. Set under posix_traps, and only then, zsh's is that of the whole script, also in its functions.
_track_arm() {
	case $_track_shell in zsh) eval 'setopt local_options posix_traps' ;; esac
	trap '_track_at_exit "$?"; eval "$_track_exit_code"; _track_leave' EXIT
	_track_armed=1
}

_track_disarm() {
	case $_track_shell in zsh) eval 'setopt local_options posix_traps' ;; esac
	trap - EXIT
}

# Plans the trap of SIGNAL, unless it is ignored, and how to ignore it and to give it back. _track_user_SIGNAL holds x
# and the code for a trap of the caller's, and "not ours" for a signal to be left alone.
_track_plan() { # SIGNAL NUMBER
	eval "_track_user=\$_track_user_$1"
	case $((0x$_track_mask >> ($2 - 1) & 1))$_track_user in 1* | '0not ours') return 0 ;; esac
	_track_shield="$_track_shield; trap '' $1"
	case $_track_user in
	'')
		_track_release="$_track_release; trap - $1"
		_track_words="_track_deferred $1 || { _track_at_signal $1 $2; eval \"\$_track_exit_code\"; _track_die $1; }"
		;;
	*)
		_track_quote "${_track_user#x}"
		_track_release="$_track_release; trap -- $_track_quoted $1"
		_track_words="_track_deferred $1 || { _track_at_trapped $1; eval $_track_quoted; _track_caught=; }"
		;;
	esac
	_track_quote "$_track_words"
	_track_traps="$_track_traps; trap -- $_track_quoted $1"
}

# Follows the quotes of a line of the listing: _track_inside is the quote still open at its end.
_track_scan() { # LINE
	_track_rest=$1
	while :; do
		case $_track_inside in
		'') _track_head=${_track_rest%%[\'\"\\]*} ;;
		\') _track_head=${_track_rest%%\'*} ;;
		\$) _track_head=${_track_rest%%[\'\\]*} ;;
		\") _track_head=${_track_rest%%[\"\\]*} ;;
		esac
		case $_track_rest in "$_track_head") return 0 ;; esac
		_track_rest=${_track_rest#"$_track_head"}
		case $_track_inside,$_track_head,$_track_rest in
		*,*,\\*) _track_rest=${_track_rest#?} ;;
		,*\$,\'*) _track_inside=\$ ;;
		,*,\'*) _track_inside=\' ;;
		,*) _track_inside=\" ;;
		*) _track_inside='' ;;
		esac
		_track_rest=${_track_rest#?}
	done
}

# Takes over one trap of the caller's, as the arguments of the listed command.
_track_adopt_trap() { # CODE SIGNAL
	case $2 in
	EXIT | 0) _track_add_exit_code "$1" ;;
	HUP | INT | QUIT | PIPE | TERM) ;;
	SIG*) _track_adopt_trap "$1" "${2#SIG}" ;;
	*) return 0 ;;
	esac
	case $2,$1 in
	[HIQPT]*,) eval "_track_user_$2='not ours'" ;;
	[HIQPT]*) eval "_track_user_$2=x\$1" ;;
	esac
}

# Takes over what is in _track_listing: commands, one after the other, whose quotes may hold line feeds.
_track_adopt() {
	_track_record='' _track_inside=''
	while [ -n "$_track_listing" ]; do
		_track_line=${_track_listing%%"$_track_nl"*} _track_listing=${_track_listing#*"$_track_nl"}
		_track_record=$_track_record$_track_line
		_track_scan "$_track_line"
		case $_track_inside,$_track_record in
		,'trap -- '*) eval "_track_adopt_trap ${_track_record#trap -- }" && _track_record='' ;;
		# zsh's traps by function: those for signals are left alone.
		,'TRAPEXIT () {') _track_add_exit_code '_track_user_exit 0' && _track_record='' ;;
		,TRAP*' () {')
			_track_line=${_track_record%' () {'} && _track_adopt_trap '' "${_track_line#TRAP}"
			_track_record=''
			;;
		,*) _track_record='' ;;
		*) _track_record=$_track_record$_track_nl ;;
		esac
	done
}

# The caller's traps are listed into a here-document, opened anew for writing: that takes no fork and no name in /tmp, and
# in dash, mksh and zsh $(trap) is empty. The line of the here-document keeps bash from giving us /dev/null.
{
	if { trap; } >|/proc/self/fd/9; then
		while IFS='' \read -r _track_line <&9; do _track_listing=$_track_listing$_track_line$_track_nl; done
	else
		_track_listing=$(trap)$_track_nl
	fi
} 9<<'EOF' 2>/dev/null
#
EOF
_track_adopt

# In zsh, functions see no EXIT trap of the caller's, and put one back that they found: it is taken over out here.
case $_track_shell in zsh) { functions -c TRAPEXIT _track_user_exit; } 2>/dev/null || : ;; esac
trap - EXIT

case $_track_off in '')
	# What is ignored is to stay so: at entry, which zsh lets us trap, and QUIT, which bash, busybox and zsh ignore.
	{
		while IFS='	 ' \read -r _track_head _track_line; do
			case $_track_head in SigIgn:) _track_mask=$_track_line && break ;; esac
		done </proc/self/status
	} 2>/dev/null || :
	case $- in
	*i*) ;; # An interactive shell has its own ways with signals.
	*)
		_track_plan HUP 1
		_track_plan INT 2
		_track_plan QUIT 3
		_track_plan PIPE 13
		_track_plan TERM 15
		eval "$_track_traps"
		;;
	esac
	;;
esac

case $_track_off$_track_exit_code in 1) ;; *) _track_arm ;; esac
