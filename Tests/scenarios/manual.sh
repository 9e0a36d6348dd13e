# shellcheck shell=sh
# The man pages: every tool has one, and its examples run as they stand.

# The binary prints man pages under a name that is not installed.
track_manual() {
	[ -e "$PLACE/track-manual" ] || ln -s "$TOOLS/task-start" "$PLACE/track-manual"
	"$PLACE/track-manual" "$@"
}

scenario_every_tool_has_a_page_with_every_option() {
	for tool in "$TOOLS"/*; do
		track_manual "${tool##*/}" >"$PLACE/page"
		mandoc -Tascii "$PLACE/page" | col -bx >"$PLACE/text"
		for option in $("$tool" --help | grep -o -- '--[a-z][a-z-]*' | sort -u); do
			grep -qF -e "$option" "$PLACE/text" || fail "${tool##*/}: its man page does not know $option"
		done
		for section in NAME SYNOPSIS DESCRIPTION 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
			grep -qx "$section" "$PLACE/text" || fail "${tool##*/}: no section $section"
		done
	done
}

scenario_the_examples_run() {
	for tool in "$TOOLS"/*; do
		track_manual "${tool##*/}" --examples >"$PLACE/examples.sh"
		[ -s "$PLACE/examples.sh" ] || fail "${tool##*/}: no examples"
		mkdir "$PLACE/${tool##*/}"
		: >"$PLACE/${tool##*/}/droid-forge.yaml"
		(
			cd "$PLACE/${tool##*/}" || exit
			try sh -eu "$PLACE/examples.sh"
			expect_status 0
		)
	done
}

scenario_the_endings_pages_tell_what_a_command_line_gives_away() {
	for tool in task-done task-fail; do
		track_manual "$tool" >"$PLACE/page"
		mandoc -Tascii "$PLACE/page" | col -bx | tr -s ' \n' ' ' >"$PLACE/text"
		grep -qF 'Every user of the machine can read a command line' "$PLACE/text" || fail "$tool: nothing of other users"
		grep -qF '131071 bytes' "$PLACE/text" || fail "$tool: nothing of the length of an argument"
	done
}

scenario_every_key_of_the_configuration_is_explained() {
	keys=$(sed -n 's/^ *case "\([a-z_]*\)":.*/\1/p' "$HERE/../../Sources/TrackCore/Config/ConfigurationDecoder.swift" | sort -u)
	[ "$(printf '%s\n' "$keys" | wc -l)" -ge 30 ] || fail "the keys that are read were not found"
	for key in $keys; do
		# A group of keys stands before each of its own.
		grep -Eq "^\.(It Ic|Ss) (.*[ .])?$key([ .]|\$)" "$HERE/../../docs/droid-forge.yaml.5" ||
			grep -q "^\.It Ic $key\." "$HERE/../../docs/droid-forge.yaml.5" ||
			fail "droid-forge.yaml(5) does not explain $key"
	done
}
