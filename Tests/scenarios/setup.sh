# shellcheck shell=sh
# bin/setup: what it installs, what it takes away again, and the archive for machines without Swift.

# The prefix that the tools under test were installed in.
prefix=${TOOLS%/bin}

scenario_every_tool_is_one_file() {
	for tool in "$TOOLS"/*; do
		[ "$(stat -c %i "$tool")" = "$(stat -c %i "$TOOLS/task-start")" ] || fail "$tool is a file of its own"
	done
	[ "$(du -sk "$prefix" | cut -f 1)" -le 19531 ] || fail "$(du -sk "$prefix") KiB installed, more than 20 MB"
}

scenario_every_tool_knows_its_name_and_version() {
	for tool in "$TOOLS"/*; do
		try "$tool" --version
		expect_status 0
		expect_err
		grep -Eqx '[0-9]+\.[0-9]+\.[0-9]+' "$PLACE/out" || fail "$tool: no version"
		try "$tool" --help
		expect_status 0
		grep -q "^USAGE: ${tool##*/}" "$PLACE/out" || fail "$tool: its usage does not name it"
	done
}

# An archive of what is installed, laid out as bin/setup --tarball lays it out, without building anew.
release() {
	cp -a "$prefix" "$PLACE/release"
	rm "$PLACE/release/share/droid-track/manifest"
	cp "$ROOT/bin/install.sh" "$PLACE/release/"
}

scenario_installing_twice_changes_nothing() {
	release
	ok sh "$PLACE/release/install.sh" --prefix "$PLACE/a prefix"
	(cd "$PLACE/a prefix" && find . -type f -exec cksum {} + | sort) >"$PLACE/first"
	ok sh "$PLACE/release/install.sh" --prefix "$PLACE/a prefix"
	(cd "$PLACE/a prefix" && find . -type f -exec cksum {} + | sort) >"$PLACE/second"
	diff "$PLACE/first" "$PLACE/second"
}

scenario_uninstalling_removes_what_was_installed_and_nothing_else() {
	release
	mkdir -p "$PLACE/prefix/bin" "$PLACE/prefix/share/man/man1" "$PLACE/prefix/share/zsh"
	echo mine >"$PLACE/prefix/bin/mine"
	(cd "$PLACE/prefix" && find . | sort) >"$PLACE/before"
	ok sh "$PLACE/release/install.sh" --prefix "$PLACE/prefix"
	[ -x "$PLACE/prefix/bin/task-start" ]
	ok sh "$PLACE/release/install.sh" --prefix "$PLACE/prefix"
	ok sh "$PLACE/release/install.sh" --prefix "$PLACE/prefix" --uninstall
	(cd "$PLACE/prefix" && find . | sort) >"$PLACE/after"
	diff "$PLACE/before" "$PLACE/after"
	try sh "$PLACE/release/install.sh" --prefix "$PLACE/prefix" --uninstall
	expect_status 1
	expect_err 'nothing is installed'
}

scenario_an_upgrade_removes_what_the_release_no_longer_has() {
	release
	: >"$PLACE/release/bin/task-obsolete"
	ok sh "$PLACE/release/install.sh" --prefix "$PLACE/prefix"
	[ -e "$PLACE/prefix/bin/task-obsolete" ]
	rm "$PLACE/release/bin/task-obsolete"
	ok sh "$PLACE/release/install.sh" --prefix "$PLACE/prefix"
	[ ! -e "$PLACE/prefix/bin/task-obsolete" ] || fail 'an obsolete tool stays'
}
