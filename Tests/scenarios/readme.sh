# shellcheck shell=sh
# README.md: the blocks marked `sh run` run as they stand, one after the other, in one project.

scenario_the_examples_run() {
	awk -v prefix="$PLACE/block." '
		/^```sh run$/ { blocks++; writing = 1; next }
		/^```$/ { writing = 0; next }
		writing { print >(prefix sprintf("%02d", blocks)) }
	' "$ROOT/README.md"
	ran=0
	for block in "$PLACE"/block.*; do
		try sh -eu "$block"
		expect_status 0
		ran=$((ran + 1))
	done
	[ "$ran" -ge 3 ] || fail "only $ran examples"
}

scenario_every_tool_is_in_the_table() {
	for tool in "$TOOLS"/*; do
		grep -q "^| \`${tool##*/}" "$ROOT/README.md" || fail "README.md does not name ${tool##*/}"
	done
}

# The calls of the table from the Python API are tried in a unit test.
scenario_every_swift_call_of_the_table_is_tested() {
	# shellcheck disable=SC2016 # backquotes of markdown
	sed -n '/^| Python /,/^$/p' "$ROOT/README.md" | grep -o '`try [^`]*`' | tr -d '`' | sort -u >"$PLACE/calls"
	[ "$(wc -l <"$PLACE/calls")" -ge 10 ] || fail 'the table has hardly any call'
	while IFS= read -r call; do
		grep -qF -e "$call" "$ROOT/Tests/TrackCoreTests/PythonTableTests.swift" || fail "no test has: $call"
	done <"$PLACE/calls"
}
