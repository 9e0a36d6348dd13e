# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What proving a large journal costs, beside sha256sum and cat, and beside a scan for line ends and keys in C.

require coreutils:sha256sum
project "$work/verify"
journal=$project/.droid-forge/logs
mkdir -p "$journal"
"$work/generate-events" --end "$(date +%s)" --executions $((megabytes * 1000 / 4)) --journal "$journal"
bytes=$(cat "$journal"/*.ndjson | wc -c)
gigabytes=$(calculate "$bytes / 1000000000" 6)
printf '\nProving a journal of %s executions in %s bytes\n' $((megabytes * 1000 / 4)) "$bytes"
"$tools/track-sweep" --seal --quiet
"$tools/track-verify" --quiet || die 70 'the journal that was made does not verify'

rounds=$(((rounds + 29) / 30))
# shellcheck disable=SC2016 # expanded by the shell that is measured
time_processes \
	'track-verify --seals' "$tools/track-verify" --seals \; \
	'track-verify' "$tools/track-verify" \; \
	'sha256sum' sh -c 'sha256sum "$0"/*.ndjson >/dev/null' "$journal" \; \
	'cat' sh -c 'cat "$0"/*.ndjson >/dev/null' "$journal" \; \
	'C: scan-lines, events alone' "$work/scan-lines" "$journal/events.ndjson"

row 'seals, GB a second' "$(calculate "$gigabytes / $(median 'track-verify --seals') * 1000")" 1.0 '' least
row 'lines, pairs, streams and seals, MB a second' "$(calculate "$gigabytes / $(median track-verify) * 1000000" 0)" 300 '' least
row 'track-verify --seals / sha256sum' "$(calculate "$(median 'track-verify --seals') / $(median sha256sum)")" 1.0 x
row 'track-verify / C: scan-lines (which sees half)' "$(calculate "$(median track-verify) / $(median 'C: scan-lines, events alone')")" 10 x
row 'its memory, MB' "$(awk -F '\t' '$1 == "track-verify" { printf "%.0f", $4 / 1024 }' "$work/figures")" 128
