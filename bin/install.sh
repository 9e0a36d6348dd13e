#!/bin/sh
# Installs the droid-track release this script lies in, or takes an installed one away again.
#
# Usage:
#   install.sh --prefix DIR               copy the release to DIR/bin and DIR/share
#   install.sh --prefix DIR --uninstall   remove what was installed, and nothing else
#
# DIR/share/droid-track/manifest lists the files and, with a slash at the end, the directories made for them.
set -eu
umask 022

here=$(cd -P -- "$(dirname -- "$0")" && pwd)

die() {
	status=$1
	shift
	printf 'install.sh: %s\n' "$*" >&2
	exit "$status"
}

# Prints what is to be installed, a path relative to the release each, tools first.
contents() {
	(cd -- "$here" && find bin share -type f ! -path share/droid-track/manifest | LC_ALL=C sort)
}

# Makes the directory $1 below the prefix, and its parents, noting those that were not there.
make_directory() {
	[ "$1" != . ] && [ ! -d "$prefix/$1" ] || return 0
	make_directory "$(dirname -- "$1")"
	mkdir -- "$prefix/$1"
	printf '%s/\n' "$1" >>"$made"
}

# Puts one file in its place by a rename, so that a running tool keeps the file it started from.
place() {
	make_directory "$(dirname -- "$1")"
	new=$prefix/$1.new.$$
	case $1 in
	bin/*)
		if [ -z "$first_tool" ]; then
			cp -- "$here/$1" "$new"
			first_tool=$1
		else
			ln -- "$prefix/$first_tool" "$new" 2>/dev/null || cp -- "$here/$1" "$new"
		fi
		chmod 755 "$new"
		;;
	*)
		cp -- "$here/$1" "$new"
		chmod 644 "$new"
		;;
	esac
	mv -f -- "$new" "$prefix/$1"
	printf '%s\n' "$1" >>"$made"
}

# Removes the paths on standard input, deepest first; directories only when nothing else lies in them.
remove() {
	LC_ALL=C sort -r | while IFS= read -r path; do
		case $path in
		*/) rmdir -- "$prefix/$path" 2>/dev/null || : ;;
		*) rm -f -- "$prefix/$path" ;;
		esac
	done
}

prefix=
uninstall=
while [ $# -gt 0 ]; do
	case $1 in
	--prefix) [ $# -ge 2 ] || die 64 "--prefix needs a directory" && prefix=$2 && shift ;;
	--prefix=*) prefix=${1#*=} ;;
	--uninstall) uninstall=1 ;;
	-h | --help)
		sed -n '/^# Usage/,/^set/{ /^#/{ s/^# \{0,1\}//; p; }; }' "$0"
		exit 0
		;;
	*) die 64 "unknown argument: $1" ;;
	esac
	shift
done
[ -n "$prefix" ] || die 64 "--prefix DIR is required"
if [ -z "$uninstall" ]; then
	mkdir -p -- "$prefix" || die 73 "cannot create $prefix"
fi
prefix=$(cd -- "$prefix" 2>/dev/null && pwd) || die 1 "nothing is installed there: no such directory"
manifest=$prefix/share/droid-track/manifest

if [ -n "$uninstall" ]; then
	[ -f "$manifest" ] || die 1 "nothing is installed in $prefix"
	listed=$(cat -- "$manifest")
	rm -f -- "$manifest"
	printf '%s\n' "$listed" | remove
	exit 0
fi

made=$(mktemp) || die 73 "cannot create a temporary file"
trap 'rm -f -- "$made" "$made.gone"' EXIT
first_tool=
contents | {
	while IFS= read -r path; do place "$path"; done
} || die 73 "cannot install into $prefix"
if [ -f "$manifest" ]; then
	# Directories of the installation before this one stay ours; files that this release no longer has go.
	grep '/$' "$manifest" >>"$made" || :
	grep -v '/$' "$manifest" | grep -vxF -f "$made" >"$made.gone" || :
	remove <"$made.gone"
fi
LC_ALL=C sort -u "$made" >"$manifest.new"
chmod 644 "$manifest.new"
mv -f -- "$manifest.new" "$manifest"
