# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What one report costs: a line under the lock, against C, the shell and Python doing the same.

printf '\nA report, with the configuration of 364 lines\n'
project "$work/report"
"$tools/task-start" 1.1 >/dev/null
line=$("$tools/task-progress" 1.1 0.5 'half of the files read' --json)
length=$((${#line} + 1))
log=$work/line.log
# The pyenv and the like put a script before the interpreter; the interpreter itself is what is measured.
python=$(python3 -c 'import sys; print(sys.executable)')
# shellcheck disable=SC2016 # expanded by the shell that is measured
time_processes \
	'task-progress' "$tools/task-progress" 1.1 0.5 'half of the files read' \; \
	'task-progress --version (parses its command line)' "$tools/task-progress" --version \; \
	'C: libyaml, lock, append' "$work/replay" "$configuration" "$work/lock" append "$log" "$length" \; \
	'C: libyaml, lock, append, fdatasync' "$work/replay" "$configuration" "$work/lock" append "$log" "$length" sync "$log" \; \
	'flock F sh -c "printf >> F"' flock "$log" sh -c 'printf "%s\n" "$1" >>"$0"' "$log" "$line" \; \
	'logger' logger "$line" \; \
	'python3 -c "import json, lock, append"' "$python" -c "import fcntl, json
with open('$log', 'a') as log:
    fcntl.flock(log, fcntl.LOCK_EX)
    log.write(json.dumps({'task_id': '1.1', 'progress': 0.5}) + '\\n')"

progress=$(median task-progress)
row 'task-progress / flock + sh (limit 1.2)' \
	"$(calculate "$progress / $(median 'flock F sh -c "printf >> F"')")" 1.0 x
row 'task-progress / C floor' "$(calculate "$progress / $(median 'C: libyaml, lock, append')")" 3 x
row 'task-progress - a tool that only parses' \
	"$(calculate "$progress - $(median 'task-progress --version (parses its command line)')")" 0.8 ms
row 'python3 / task-progress' \
	"$(calculate "$(median 'python3 -c "import json, lock, append"') / $progress" 1)" 30 x least
