# shellcheck shell=sh
# What the commands in bin have in common: wrong command lines, missing packages, what earlier runs left behind.

scenario_command_lines_that_are_wrong() {
	for call in 'setup' 'setup --uninstall' 'setup --prefix' 'setup --bogus' 'check --bogus' 'demo --bogus' 'bench --rounds many'; do
		# shellcheck disable=SC2086 # a command and its operands
		try "$ROOT/bin/"$call
		expect_status 64
		expect_err "${call%% *}: "
	done
}

scenario_every_command_explains_itself() {
	for command in setup check demo bench; do
		try "$ROOT/bin/$command" --help
		expect_status 0
		expect_err
		grep -q "^  bin/$command" "$PLACE/out" || fail "bin/$command --help does not name it"
	done
}

# Runs `require` of bin/prepare.sh as the user $1, on a machine with the commands of $PLACE/machine alone.
require_as() {
	user=$1
	shift
	mkdir -p "$PLACE/machine"
	printf '#!/bin/sh\necho %s\n' "$user" >"$PLACE/machine/id"
	chmod 755 "$PLACE/machine/id"
	for command in env sh; do ln -sf "$(command -v "$command")" "$PLACE/machine/$command"; done
	# shellcheck disable=SC2016 # expanded by the inner shell
	try env PATH="$PLACE/machine" sh -c 'front_door=setup root=$1; shift; . "$root/bin/prepare.sh"; require "$@"' sh "$ROOT" "$@"
}

scenario_missing_packages_are_named_in_one_line() {
	require_as 1000 present:/bin/sh absent-one:no-such-command absent-two:/no/such/file
	expect_status 69
	expect_err 'sudo apt-get install -y absent-one absent-two'
	expect_out
}

scenario_missing_packages_are_installed_for_root() {
	mkdir -p "$PLACE/machine"
	printf '#!/bin/sh\necho "$@" >>"%s/installed"\n' "$PLACE" >"$PLACE/machine/apt-get"
	chmod 755 "$PLACE/machine/apt-get"
	require_as 0 present:/bin/sh absent-one:no-such-command
	expect_status 0
	expect_err 'installing Debian packages: absent-one'
	grep -q 'install .*-y .*absent-one$' "$PLACE/installed" || fail "$(cat "$PLACE/installed")"
}

scenario_missing_packages_that_cannot_be_installed_stop_it() {
	mkdir -p "$PLACE/machine"
	printf '#!/bin/sh\nexit 100\n' >"$PLACE/machine/apt-get"
	chmod 755 "$PLACE/machine/apt-get"
	require_as 0 absent-one:no-such-command
	expect_status 69
	grep -q 'cannot install Debian packages: apt-get install -y absent-one' "$PLACE/err"
}

scenario_the_demo_cleans_up_after_earlier_ones_only() {
	mkdir "$PLACE/droid-track-demo.abcdef" "$PLACE/droid-track-demo.living" "$PLACE/droid-track-other.abcdef"
	echo 999999999 >"$PLACE/droid-track-demo.abcdef/pid"
	echo $$ >"$PLACE/droid-track-demo.living/pid"
	try "$ROOT/bin/demo" --clean
	expect_status 0
	expect_out "removed $PLACE/droid-track-demo.abcdef"
	[ ! -e "$PLACE/droid-track-demo.abcdef" ]
	[ -e "$PLACE/droid-track-demo.living" ]
	[ -e "$PLACE/droid-track-other.abcdef" ]
}
