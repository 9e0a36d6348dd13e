# shellcheck shell=sh
# shellcheck disable=SC2154 # front_door and root are set by the command that sources this
# What the front-door commands stand on: the tool list, packages, the build, a temporary directory.
#
# Sourced by bin/check, bin/demo, bin/setup and bin/bench, which set $front_door (their name) and $root (the tree).

# Leaves with STATUS after one line that says why.
die() {
	status=$1
	shift
	printf '%s: %s\n' "$front_door" "$*" >&2
	exit "$status"
}

# Prints the text between the `# Usage` mark at the head of the command and the first line that is no comment.
usage() {
	sed -n '/^# Usage/,/^[^#]/{ /^#/{ s/^# \{0,1\}//; p; }; }' "$0"
}

# Prints every tool's name, a line each; Package.swift is the only place that lists them.
tool_names() {
	sed -n '/^let tools = \[/,/^\]/p' "$root/Package.swift" | grep -o '"[^"]*"' | tr -d '"'
}

# Makes sure that what the arguments name is there: PACKAGE:PROBE, where PROBE is a command or an absolute path.
#
# Root, and continuous integration, get missing packages installed; everyone else gets the line that installs them.
require() {
	missing=
	for pair; do
		probe=${pair#*:}
		case $probe in
		/*) [ -e "$probe" ] ;;
		*) command -v "$probe" >/dev/null 2>&1 ;;
		esac || missing="$missing ${pair%%:*}"
	done
	[ -n "$missing" ] || return 0
	as_root=
	if [ "$(id -u)" -ne 0 ]; then
		as_root=sudo
		if [ -z "${CI:-}" ] || ! command -v sudo >/dev/null 2>&1; then
			die 69 "cannot continue without these Debian packages: sudo apt-get install -y$missing"
		fi
	fi
	command -v apt-get >/dev/null 2>&1 || die 69 "cannot install packages without apt-get:$missing"
	printf '%s: installing Debian packages:%s\n' "$front_door" "$missing" >&2
	# shellcheck disable=SC2086 # a list of package names and an optional command
	$as_root env DEBIAN_FRONTEND=noninteractive sh -c '
		apt-get install -qq -y --no-install-recommends "$@" >/dev/null 2>&1 ||
			{ apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"; } >/dev/null' \
		sh $missing || die 69 "cannot install Debian packages: apt-get install -y$missing"
}

# Sets and exports $python to an interpreter with the packages named, by the names they have on PyPI.
#
# They live in an environment of their own beside the build products, so that neither the machine nor the home directory
# is changed, and a second run finds them there.
require_python() {
	require python3:python3
	stdlib=$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
	require "python3-venv:$stdlib/ensurepip"
	python=$root/.build/python/bin/python
	export python
	[ -x "$python" ] || python3 -m venv "$root/.build/python" >&2 || die 69 "cannot create a Python environment"
	"$python" -c 'import sys; from importlib.metadata import version; [version(name) for name in sys.argv[1:]]' "$@" \
		2>/dev/null && return
	printf '%s: installing Python packages: %s\n' "$front_door" "$*" >&2
	"$python" -m pip install --quiet --disable-pip-version-check "$@" >&2 ||
		die 69 "cannot install Python packages: pip install $*"
}

# What building needs besides the Swift toolchain.
require_toolchain() {
	command -v swift >/dev/null 2>&1 ||
		die 69 "cannot build: the Swift toolchain (6.2 or newer) is not on PATH"
	require git:git pkg-config:pkg-config libyaml-dev:/usr/include/yaml.h libssl-dev:/usr/include/openssl/sha.h \
		zlib1g-dev:/usr/include/zlib.h
}

# Makes the directory $work, which is removed on the way out unless $keep is set.
make_work() {
	work=$(mktemp -d "${TMPDIR:-/tmp}/droid-track-$front_door.XXXXXX") || die 73 "cannot create a temporary directory"
	# Some tests run as another user, who is to get through to his own directory, but not to look around.
	chmod 711 "$work"
	trap 'leave_work' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

leave_work() {
	if [ -n "${build_pid-}" ]; then kill "$build_pid" 2>/dev/null; fi
	if [ -n "${keep-}" ]; then return; fi
	chmod -R u+rwX "$work" 2>/dev/null
	rm -rf "$work"
}

# Runs `swift build` with the arguments after TITLE under one progress line; its output appears only when it fails.
build() {
	title=$1
	shift
	build_log=${work:?}/build.log
	build_began=$(date +%s)
	if [ -t 2 ]; then rewrites=1; else rewrites=; fi
	[ -n "$rewrites" ] || printf '%s ... ' "$title" >&2
	swift build --package-path "$root" "$@" >"$build_log" 2>&1 &
	build_pid=$!
	while [ -n "$rewrites" ] && kill -0 "$build_pid" 2>/dev/null; do
		step=$(sed -n 's/^\(\[[0-9]*\/[0-9]*\]\).*/\1/p' "$build_log" | tail -n 1)
		printf '\r%s ... %s %s s \033[K' "$title" "$step" "$(($(date +%s) - build_began))" >&2
		sleep 1
	done
	wait "$build_pid"
	build_status=$?
	build_pid=
	[ -z "$rewrites" ] || printf '\r%s ... \033[K' "$title" >&2
	if [ "$build_status" -ne 0 ]; then
		printf 'failed\n' >&2
		cat "$build_log" >&2
		return 70
	fi
	printf 'done in %s s\n' "$(($(date +%s) - build_began))" >&2
}

# Prints where the release build leaves the one executable behind every tool.
executable() {
	printf '%s/%s\n' "$(swift build --package-path "$root" -c release --show-bin-path)" "$(tool_names | head -n 1)"
}

# Builds that executable under one progress line.
build_tools() {
	build 'Building droid-track' -c release --product "$(tool_names | head -n 1)"
}
