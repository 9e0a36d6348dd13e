# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What a report of a large journal costs, beside data engines that answer one question about the same file.

# Makes the project reports-NAME with an events stream of the options after NAME and goes there.
#
# Ends now, so that the recent activity of the report is one.
journal() {
	project "$work/reports-$1"
	shift
	log=$project/.droid-forge/logs/events.ndjson
	mkdir -p "${log%/*}"
	"$work/generate-events" --end "$now" "$@" >"$log"
}

# Times the cold report of the project in DIR, as NAME, after making sure that it counts COUNT executions.
#
# A report that is wrong has no time.
time_report() {
	counted=$(cd "$2" && "$tools/track-metrics" --no-checkpoint --json | jq .executions.started)
	[ "$counted" = "$3" ] || die 70 "$1: $3 executions were to be counted, not ${counted:-none}"
	time_processes "$1" "$tools/track-metrics" --project "$2" --no-checkpoint
}

# Prints the size of a file in bytes.
size() { stat -c %s "$1"; }

# Prints the largest resident size of NAME in KiB.
memory() { awk -F '\t' -v name="$1" '$1 == name { print $4; found = 1 } END { exit !found }' "$work/figures"; }

require jq:jq
engines='' executions=200000 crowd=10000 million=1000000
if [ "$rounds" -ge 100 ]; then
	engines=1
	require_python duckdb polars
else
	executions=2000 crowd=500 million=2000
fi
rounds=$(((rounds + 29) / 30))
now=$(date +%s)
group_by=$root/Tests/benchmarks/group-by

journal ordinary --executions "$executions"
ordinary=$project
ordinary_log=$log
printf '\nA report of %s events, %s bytes\n' "$(wc -l <"$log")" "$(size "$log")"
"$work/scan-lines" "$log" >"$work/scanned"
jq -n -r -f "$group_by.jq" "$log" | cmp -s - "$work/scanned" || die 70 'jq and scan-lines differ'
if [ -n "$engines" ]; then
	for engine in duckdb polars; do
		"$python" "$group_by.py" "$engine" "$log" | cmp -s - "$work/scanned" || die 70 "$engine and scan-lines differ"
	done
	set -- 'DuckDB: one group-by' "$python" "$group_by.py" duckdb "$log" \; \
		'polars: one group-by' "$python" "$group_by.py" polars "$log" \;
else
	set --
fi
counted=$("$tools/track-metrics" --no-checkpoint --json | jq .executions.started)
[ "$counted" = "$executions" ] || die 70 "the report was to count $executions executions, not ${counted:-none}"
time_processes "$@" \
	'wc -l' wc -l "$log" \; \
	'C: two threads, every key, one group-by' "$work/scan-lines" "$log" \; \
	'track-metrics' "$tools/track-metrics" --no-checkpoint \; \
	'track-metrics --json' "$tools/track-metrics" --no-checkpoint --json
all_rounds=$rounds
rounds=$(((rounds + 4) / 5))
time_processes 'jq: one group-by' jq -n -r -f "$group_by.jq" "$log"

printf '\nThe same with a checkpoint, the last 1 %% of the lines new\n'
state=$project/.droid-forge/logs/.state
lines=$(wc -l <"$log")
tail -n "$((lines / 100))" "$log" >"$work/new-lines"
truncate -s "-$(size "$work/new-lines")" "$log"
# No tool has written here, and a reader makes no directory.
mkdir -m 700 "$state"
"$tools/track-metrics" >/dev/null
cp -R "$state" "$work/state"
cat "$work/new-lines" >>"$log"
counted=$("$tools/track-metrics" --json | jq .executions.started)
[ "$counted" = "$executions" ] || die 70 "with a checkpoint $executions executions were to be counted, not ${counted:-none}"
rounds=$all_rounds
# shellcheck disable=SC2016 # expanded by the shell that prepares
time_processes \
	- sh -c 'rm -rf "$2" && cp -R "$1" "$2"' sh "$work/state" "$state" \; \
	'track-metrics, 1 % new' "$tools/track-metrics" \; \
	'track-metrics, nothing new' "$tools/track-metrics"

printf '\nMore of everything\n'
rounds=$(((all_rounds + 1) / 2))
journal four --executions $((4 * executions))
time_report 'track-metrics, four times the data' "$project" $((4 * executions))
rm -rf "$project"
journal droids --executions "$executions" --droids "$crowd"
time_report "track-metrics, $crowd droids" "$project" "$executions"
droids_size=$(size "$log")
rm -rf "$project"
journal tasks --executions "$million" --tasks "$million" --reports 0
time_report "track-metrics, $million tasks" "$project" "$million"
tasks_size=$(size "$log")
rm -rf "$project"
journal open --executions "$million" --open "$million" --reports 0
time_report "track-metrics, $million open executions" "$project" "$million"
open_size=$(size "$log")
rm -rf "$project"
project "$work/reports-streams"
mkdir -p .droid-forge/logs
"$work/generate-events" --end "$now" --executions "$executions" --journal .droid-forge/logs
time_report 'track-metrics, all five streams' "$project" "$executions"
rm -rf "$project"

cold=$(median track-metrics)
if [ -n "$engines" ]; then
	row 'DuckDB, one group-by / full report (limit 3)' "$(calculate "$(median 'DuckDB: one group-by') / $cold")" 4 x least
	row 'polars, one group-by / full report' "$(calculate "$(median 'polars: one group-by') / $cold")" 4 x least
fi
row 'jq, one group-by / full report' "$(calculate "$(median 'jq: one group-by') / $cold" 1)" 30 x least
row 'full report / C: two threads, every key, one group-by' \
	"$(calculate "$cold / $(median 'C: two threads, every key, one group-by')")" 1.8 x
row 'memory of the full report' "$(calculate "$(memory track-metrics) / 1024" 1)" 64 MB
row 'memory of an execution more' "$(calculate "($(memory 'track-metrics, four times the data') - $(memory track-metrics)) * 1024 \
	/ (3 * $executions)" 1)" 96 B
row 'four times the data' "$(calculate "$(median 'track-metrics, four times the data') / $cold")" 4.3 x
limit=$(awk -v cold="$cold" 'BEGIN { twentieth = cold / 20; printf "%.1f", (twentieth > 15) ? twentieth : 15 }')
row 'with a checkpoint and 1 % new (5 % of cold, or 15 ms)' "$(median 'track-metrics, 1 % new')" "$limit" ms
# No cliff: a byte of an extreme journal may cost three times what one of an ordinary journal costs.
byte=$(calculate "$cold / $(size "$ordinary_log")" 12)
row "$crowd droids / as many bytes of the ordinary" \
	"$(calculate "$(median "track-metrics, $crowd droids") / $droids_size / $byte")" 3 x
row "$million tasks / as many bytes of the ordinary" \
	"$(calculate "$(median "track-metrics, $million tasks") / $tasks_size / $byte")" 3 x
row "$million open executions / as many bytes of the ordinary" \
	"$(calculate "$(median "track-metrics, $million open executions") / $open_size / $byte")" 3 x
rm -rf "$ordinary"
