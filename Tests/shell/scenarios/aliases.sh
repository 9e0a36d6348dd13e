# Aliases and functions with the names of common commands.
# event: started 1.1
# event: failed 1.1 signal=TERM
# status: 143
if [ -n "${BASH_VERSION-}" ]; then shopt -s expand_aliases; fi
cd() { return 1; }
cat() { return 1; }
alias echo=false read=false cd=false printf=false test=false cat=false
. "$TRACK_SH"
mkdir elsewhere
command cd elsewhere 2>/dev/null || builtin cd elsewhere
task_execution 1.1
task_result a=b
kill -s TERM $$
sleep 1
