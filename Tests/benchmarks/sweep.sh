# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What a sweep costs that finds nothing to do, also beside a long journal.

# Fills $project with $1 open executions whose owner is this shell, by repeating one that task-start wrote.
#
# The ledger is a cache of the journal: with it gone, the next tool that needs it makes it anew.
fill() {
	first=$(cd "$project" && "$tools/task-start" open-0 --owner-pid $$)
	line=$(grep -F '"task.execution.started"' "$project/.droid-forge/logs/events.ndjson")
	id=$(printf '%s\n' "$line" | sed 's/.*"event_id": "\([0-9a-f]*\)".*/\1/')
	printf '%s\n' "$line" | awk -v count="$1" -v first="$first" -v id="$id" '{
		for (i = 1; i < count; i++) {
			copy = $0
			gsub(first, substr(first, 1, length(first) - 8) sprintf("%08x", i), copy)
			sub(id, sprintf("%s%08x", substr(id, 1, 24), i), copy)
			sub(/"task_id": "open-0"/, "\"task_id\": \"open-" i "\"", copy)
			print copy
		}
	}' >>"$project/.droid-forge/logs/events.ndjson"
	rm -rf "$project"/.droid-forge/logs/.state/ledger-*
	swept=$(cd "$project" && "$tools/track-sweep" --json)
	case $swept in *'"closed": []'*"\"open\": $1}"*) ;; *) die 70 "$1 executions were to be open, but the sweep says: $swept" ;; esac
}

printf '\nA sweep of %s open executions, none stale\n' "$opened"
project "$work/sweep"
fill "$opened"
rounds=$(((rounds + 5) / 6))
open=$(echo "$project"/.droid-forge/logs/.state/ledger-*/open)
time_processes \
	'track-sweep' "$tools/track-sweep" \; \
	'C: the ledger and each owner read once' "$work/owners" "$open"
awk -v bytes=$((megabytes * 1048576)) 'BEGIN {
	line = "{\"timestamp\": \"2025-10-08T16:21:54.536702+00:00\",\"event_type\": \"droid.self_report\",\"run_id\": \"r-1\",\"task_id\": \"1\","
	line = line "\"droid_id\": \"d\",\"status\": \"executing\",\"details\":{\"event_type\": \"progress\",\"progress\": 0.5},\"event_id\": \"%032x\"}\n"
	for (written = 0; written < bytes; written += length(line) + 27) printf line, ++number
}' >>"$project/.droid-forge/logs/events.ndjson"
# The first sweep may look at what it has not seen yet; the journal of a project grows line by line, not by 300 MB.
"$tools/track-sweep"
time_processes \
	"track-sweep beside a journal of $megabytes MB" "$tools/track-sweep" \; \
	'C: the ledger and each owner read once, beside it' "$work/owners" "$open"

row "track-sweep, $opened open / C floor" \
	"$(calculate "$(median track-sweep) / $(median 'C: the ledger and each owner read once')")" 3 x
row "the same beside a journal of $megabytes MB" \
	"$(calculate "$(median "track-sweep beside a journal of $megabytes MB") / $(median 'C: the ledger and each owner read once, beside it')")" 3 x
