# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What a stream of reports costs, and how long it keeps other writers waiting.
#
# A report is measured by the processor time it takes, for what else the machine does at the time is not the stream's.
# Beside it stands C that reads the same lines and writes as many bytes to both streams, and does nothing else.

reports=$((rounds > 100 ? 1000000 : rounds * 10000))
printf '\nA stream of %s reports\n' "$reports"
project "$work/stream"
"$tools/task-start" 1.1 >/dev/null

# Notes in $seconds what the command takes of a processor, with its input from the file $1, and prints it as WHAT, $2.
measure() {
	input=$1 what=$2
	shift 2
	rm -f "$project"/.droid-forge/logs/*.ndjson "$work/stream.copy"*
	"$work/spent" "$@" <"$input" >"$work/stream.spent" || die 70 "a stream that was to be measured failed: $what"
	seconds=$(cut -f 1 "$work/stream.spent")
	printf '  %-58s %6.2f us   (%s s of %s s, %.1f MB)\n' "$what" "$(calculate "$seconds / $reports * 1000000")" "$seconds" \
		"$(cut -f 2 "$work/stream.spent")" "$(calculate "$(cut -f 3 "$work/stream.spent") / 1024" 1)"
}

awk -v count="$reports" 'BEGIN { for (n = 1; n <= count; n++) printf "%d/%d file %d of the sources\n", n, count, n }' >"$work/stream.plain"
awk -v count="$reports" 'BEGIN { for (n = 1; n <= count; n++) printf "{\"progress\": 0.5, \"message\": \"file %d\", \"rows\": %d}\n", n, n }' >"$work/stream.json"
for level in none lifecycle; do
	sed -i "s/^    durability:.*//; s/^  execution_tracking:.*/&\n    durability: $level/" droid-forge.yaml
	measure "$work/stream.plain" "plain lines, durability $level" "$tools/task-progress" 1.1 --stream
	row "stream, durability $level: reports a second of a core" "$(calculate "$reports / $seconds" 0)" 200000 '' least
done
length=$(($(wc -c <"$project/.droid-forge/logs/events.ndjson") / reports))
measure "$work/stream.plain" 'C: the lines read, as many bytes written as often' "$work/copy-lines" "$length" "$work/stream.copy"
measure "$work/stream.json" 'JSON lines' "$tools/task-progress" 1.1 --stream
measure "$work/stream.plain" 'plain lines, --every 1s' "$tools/task-progress" 1.1 --stream --every 1s

# Another writer meanwhile: the lock is asked for every few milliseconds, by a program that does nothing with it. How late
# its own sleeps end tells how busy the machine is: so much of a wait is not the stream's.
rm -f "$project"/.droid-forge/logs/*.ndjson
"$tools/task-progress" 1.1 --stream <"$work/stream.plain" &
"$work/waits" "$project/.droid-forge/logs/.state/journal.lock" $! >"$work/stream.waits"
wait $! || die 70 'the stream beside another writer failed'
read -r asked middle most worst late <"$work/stream.waits"
printf '  the lock was asked for %s times meanwhile: %s ms (median), %s ms (99 of 100), %s ms (the longest); sleeps late by %s ms\n' \
	"$asked" "$middle" "$most" "$worst" "$late"
row 'stream: the longest wait of another writer' "$worst" 10 ms
