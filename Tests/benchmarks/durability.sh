# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What each level of durability costs a start, a report and an ending.

levels='none lifecycle all'

# Makes a project whose durability is LEVEL, with an execution begun and ended, so that every file is there.
project_at() {
	project "$work/durability-$1"
	sed -i "s/^  execution_tracking:.*/&\n    durability: $1/" droid-forge.yaml
	"$tools/task-start" 1.0 >/dev/null && "$tools/task-progress" 1.0 && "$tools/task-done" 1.0
}

# Prints how a tool's median at LEVEL compares with that without durability.
ratio() { calculate "$(median "$1: $2") / $(median "none: $2")"; }

printf '\nA start, a report and an ending at each level of durability\n'
for level in $levels; do
	project_at "$level"
	{
		syncs "$tools/task-start" 1.1
		syncs "$tools/task-progress" 1.1 0.5 'half of the files read'
		syncs "$tools/task-done" 1.1
	} | paste -s -d ' ' - >"$work/syncs-$level"
done
set --
for level in $levels; do
	place=$work/durability-$level
	set -- "$@" \
		"$level: task-start" "$tools/task-start" --project "$place" 1.1 \; \
		"$level: task-progress" "$tools/task-progress" --project "$place" 1.1 0.5 'half of the files read' \; \
		"$level: task-done" "$tools/task-done" --project "$place" 1.1 \;
done
time_processes "$@"

for level in $levels; do
	read -r start progress end <"$work/syncs-$level"
	printf '  %-9s %s, %s and %s syncs; %s, %s and %s times what none takes\n' "$level" "$start" "$progress" "$end" \
		"$(ratio "$level" task-start)" "$(ratio "$level" task-progress)" "$(ratio "$level" task-done)"
	case $level in
	none) most=0 ;;
	lifecycle) most=3 ;;
	all) most=5 ;;
	esac
	row "durability $level: syncs of start, report and ending" $((start + progress + end)) "$most"
done
