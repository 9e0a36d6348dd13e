# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What redacting 4 KiB costs: a report with a long message against the same report with a short one.
#
# The difference holds all that the message costs, from its way through the command line to the 2 KiB of it that are
# written twice, so it is an upper bound. The worst is the costliest of 50 repetitions of what rules begin with, counted
# in instructions: nearly every byte of it may begin a known token, and a name that announces an AWS secret.

# Prints 4096 bytes of the text $1.
repeat() { awk -v text="$1" 'BEGIN { while (length(out) < 4096) out = out text; printf "%s", substr(out, 1, 4096) }'; }

printf '\nA report with a message of 4 KiB\n'
project "$work/redaction"
"$tools/task-start" 1.1 >/dev/null
benign="error: cannot find 'foo' in scope at Sources/App/main.swift:42:17 (commit 3f2a9c1e5b7d); input_tokens=48213 "
time_processes \
	'a message of 4 bytes' "$tools/task-progress" 1.1 -m 'half' \; \
	'a message of 4 KiB, as compilers say' "$tools/task-progress" 1.1 -m "$(repeat "$benign")" \; \
	'a message of 4 KiB, the worst known' "$tools/task-progress" 1.1 -m "$(repeat 'A')"

for message in 'as compilers say' 'the worst known'; do
	row "redaction of 4 KiB, $message (upper bound)" \
		"$(calculate "$(median "a message of 4 KiB, $message") - $(median 'a message of 4 bytes')")" 1 ms
done
