# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What the installation takes, and the build from nothing.

row 'installed size' "$(calculate "$(du -sk "$work/prefix" | cut -f 1) * 1024 / 1000000" 1)" 20 MB
if [ -n "$cold" ]; then
	began=$(date +%s)
	build 'Building from nothing' -c release --scratch-path "$work/build"
	row 'swift build -c release from nothing' "$(($(date +%s) - began))" 100 s
else
	printf '  %-58s %9s\n' 'swift build -c release from nothing' '(--cold)' >>"$work/rows"
fi
