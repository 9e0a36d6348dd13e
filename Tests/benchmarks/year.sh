# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# A year of a busy project: what it costs to seal and rotate it, to compress it, to prune half of it, and to report.

require jq:jq time:/usr/bin/time
events=10000000
[ "$rounds" -ge 100 ] || events=24000
now=$(date +%s)
year=$work/year
logs=$year/.droid-forge/logs
mkdir -p "$logs"

# Runs a step once, for what it did cannot be done again, and prints its time and its largest resident size.
step() {
	what=$1
	shift
	/usr/bin/time -f '%e %M' -o "$work/step" "$@" || die 70 "$what failed"
	awk -v what="$what" '{ printf "  %-58s %7.2f s   %6.1f MB\n", what, $1, $2 / 1024 }' "$work/step"
}

# Says in the configuration how files are kept.
keep() { printf 'performance: {execution_tracking: {retention: {%s}}}\n' "$1" >"$year/droid-forge.yaml"; }

printf '\nA year of %s events\n' "$events"
keep 'rotate_size: 1TiB'
month=0
while [ "$month" -lt 12 ]; do
	end=$((now - (11 - month) * 30 * 86400 - 3600))
	mkdir "$work/month"
	"$work/generate-events" --journal "$work/month" --events $((events / 12)) --days 30 --end "$end" --seed $((month + 1)) --open 20
	for file in "$work"/month/*.ndjson; do
		name=${file##*/}
		[ "$name" = audit.ndjson ] || cat "$file" >>"$logs/$name"
	done
	rm -r "$work/month"
	if [ "$month" -eq 11 ]; then
		step "rotation of a month, $(du -sk "$logs" | cut -f 1) KiB in all" "$tools/track-sweep" -q --project "$year" --rotate
	else
		"$tools/track-sweep" -q --project "$year" --rotate
	fi
	# Retention goes by when a file was last written to.
	find "$logs" -name '*-2*.ndjson' ! -name 'audit*' -newermt "@$((now - 1800))" -exec touch -d "@$end" {} +
	month=$((month + 1))
done
"$tools/task-start" --project "$year" last >/dev/null && "$tools/task-done" --project "$year" last
"$tools/track-sweep" -q --project "$year" --seal

figures() { "$tools/track-metrics" --project "$year" --no-checkpoint --json | jq -c '[.executions | .started, .completed, .failed, .timed_out, .abandoned, .open]'; }
before=$(figures)
step 'report of a year' "$tools/track-metrics" -q --project "$year" --no-checkpoint
step 'track-verify --seals of a year' "$tools/track-verify" -q --project "$year" --seals
keep 'rotate_size: 1TiB, compress: gzip'
size=$(du -sk "$logs" | cut -f 1)
step 'compression of a year' "$tools/track-sweep" -q --project "$year"
printf '  %s KiB became %s KiB\n' "$size" "$(du -sk "$logs" | cut -f 1)"
step 'report of a compressed year' "$tools/track-metrics" -q --project "$year" --no-checkpoint
keep 'max_age: 180d, rotate_size: 1TiB'
step 'pruning of half a year' "$tools/track-sweep" -q --project "$year"
printf '  %s segments went, %s KiB are left, aggregates of %s bytes\n' "$(jq '.segments | length' "$logs/aggregates.json")" \
	"$(du -sk "$logs" | cut -f 1)" "$(stat -c %s "$logs/aggregates.json")"
step 'report after pruning' "$tools/track-metrics" -q --project "$year" --no-checkpoint
after=$(figures)
[ "$before" = "$after" ] || die 70 "pruning changed the figures: $before became $after"
