# shellcheck shell=sh
# Runs one scenario; the words scenarios are written in are defined here. Started by Tests/scenarios/run.
#
# The environment is the scenario's own: no variable of the person who runs it, HOME in the scenario's place.

if [ -z "${HARNESS_CLEAN-}" ]; then
	exec env -i HARNESS_CLEAN=1 HERE="$HERE" ROOT="$ROOT" TOOLS="$TOOLS" PLACE="$PLACE" FILE="$FILE" \
		PATH="$TOOLS:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" HOME="$PLACE/home" TMPDIR="$PLACE" LC_ALL=C.UTF-8 \
		TRACK_RECORD="${TRACK_RECORD-}" sh "$0" "$@"
fi

PROJECT=$PLACE/project
JOURNAL=$PROJECT/.droid-forge/logs

# Says what is wrong and ends the scenario.
fail() {
	printf '%s\n' "$*"
	[ ! -s "$PLACE/out" ] || sed 's/^/  out: /' "$PLACE/out"
	[ ! -s "$PLACE/err" ] || sed 's/^/  err: /' "$PLACE/err"
	exit 1
}

# Runs a command and keeps its exit status in $status, its output and messages in $PLACE/out and $PLACE/err.
try() {
	tried="$*"
	status=0 # read by the scenarios, too
	"$@" >"$PLACE/out" 2>"$PLACE/err" || status=$?
}

# The last command tried left with the exit status $1.
expect_status() { [ "$status" -eq "$1" ] || fail "$tried: exit status $status, expected $1"; }

# It wrote exactly the line $1; with no argument, nothing.
expect_out() {
	if [ $# -eq 0 ]; then
		[ ! -s "$PLACE/out" ] || fail "$tried: expected no output"
	else
		[ "$(cat "$PLACE/out")" = "$1" ] || fail "$tried: expected the output: $1"
	fi
}

# It said one line that holds $1; with no argument, nothing.
expect_err() {
	if [ $# -eq 0 ]; then
		[ ! -s "$PLACE/err" ] || fail "$tried: expected no message"
	else
		[ "$(wc -l <"$PLACE/err")" -eq 1 ] || fail "$tried: expected one line on standard error"
		grep -qF -e "$1" "$PLACE/err" || fail "$tried: expected a message with: $1"
	fi
}

# Runs a command that is to succeed without a message and prints what it prints.
ok() {
	try "$@"
	expect_status 0
	expect_err
	cat "$PLACE/out"
}

# Runs a command that is to be refused with the status $1 and a line that holds $2, and to leave the journal alone.
refused() {
	refusal=$1
	reason=$2
	shift 2
	before=$(fingerprint)
	try "$@"
	expect_status "$refusal"
	expect_err "$reason"
	[ "$(fingerprint)" = "$before" ] || fail "$tried: was refused and yet changed the journal"
}

# Runs a command without the privileges that let root read and write what its mode forbids.
unprivileged() {
	if [ "$(id -u)" -eq 0 ]; then setpriv --bounding-set=-all "$@"; else "$@"; fi
}

fingerprint() { find "$JOURNAL" -name '*.ndjson' -exec cksum {} + 2>/dev/null | LC_ALL=C sort; }

# Prints the lines of the stream $1 that hold all the other texts.
lines() {
	found=$(cat "$JOURNAL/$1.ndjson" 2>/dev/null) || found=
	shift
	for text; do found=$(printf '%s\n' "$found" | grep -F -e "$text") || found=; done
	[ -z "$found" ] || printf '%s\n' "$found"
}

# The stream $2 has $1 lines that hold all the other texts.
expect_lines() {
	expected=$1
	shift
	counted=$(lines "$@" | wc -l)
	[ "$counted" -eq "$expected" ] || {
		cat "$JOURNAL"/*.ndjson
		fail "$counted lines instead of $expected: $*"
	}
}

# The file $2 is, but for what differs from run to run, the golden file $1.
expect_golden() {
	golden=$HERE/golden/$1
	sed -E \
		-e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(\+00:00|Z)/TIME/g' \
		-e 's/exec-[0-9]+-([A-Za-z0-9._:@+-]+)-[0-9a-f]{8}/exec-\1/g' \
		-e 's/r-[0-9]{8}-[0-9]{4}-[0-9a-f]{4}/RUN/g' \
		-e 's/"(event_id|trace_id|span_id)": "([0-9a-f]{16}){1,2}"/"\1": "ID"/g' \
		-e 's/"(host|boot_id)": "[^"]*"/"\1": "X"/g' \
		-e 's/"(duration_seconds|age_seconds|pid|start_ticks|uid|pid_namespace)": [0-9.e-]+/"\1": N/g' \
		"$2" >"$PLACE/golden"
	[ -z "$TRACK_RECORD" ] || { mkdir -p "$HERE/golden" && cp "$PLACE/golden" "$golden"; }
	diff -u "$golden" "$PLACE/golden" || fail "$2 is not $1"
}

# shellcheck source=/dev/null # the file of the scenario
. "$HERE/$FILE.sh"
cd "$PROJECT" || exit 1
: >droid-forge.yaml
set -eu
"$1"
