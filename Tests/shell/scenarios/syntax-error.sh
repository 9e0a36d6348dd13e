# A syntax error further down fails the execution; 258 of yash is no signal.
# status: 2
# status[zsh]: 1
# status[zsh-sh]: 1
# status[mksh]: 1
# status[ksh93]: 3
# event: started 1.1
# event: failed 1.1 exit_code=2
# event[zsh]: started 1.1
# event[zsh]: failed 1.1 exit_code=1
# event[zsh-sh]: started 1.1
# event[zsh-sh]: failed 1.1 exit_code=1
# event[mksh]: started 1.1
# event[mksh]: failed 1.1 exit_code=1
# event[ksh93]: started 1.1
# event[ksh93]: completed 1.1 confirmed=false
# setup: echo fi >>syntax-error.sh
. "$TRACK_SH"
task_execution 1.1
true
