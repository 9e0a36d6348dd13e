# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What 32 writers at once cost one another at each level of durability: each starts, reports on and ends executions.

printf '\n32 writers at once, each with whole executions of a start, a report and an ending\n'
for level in none lifecycle all; do
	project "$work/crowd-$level"
	sed -i "s/^  execution_tracking:.*/&\n    durability: $level/" droid-forge.yaml
	"$tools/track-sweep"
	"$work/crowd" 32 $(((rounds + 8) / 9)) "$tools/task-start" {} \; \
		"$tools/task-progress" {} 0.5 'half of the files read' \; "$tools/task-done" {} >"$work/crowd-$level.times" ||
		die 70 'a command of the 32 writers failed'
	read -r calls rate middle worst spooled <"$work/crowd-$level.times"
	worst=$(calculate "$worst / 1000" 0)
	printf '  %-9s %s processes, %s a second, one takes %s ms (median), %s ms (the longest), %s spooled\n' \
		"$level" "$calls" "$rate" "$(calculate "$middle / 1000" 1)" "$worst" "$spooled"
	row "32 writers, durability $level: processes a second" "$rate" 300 '' least
	row "32 writers, durability $level: the longest call" "$worst" 500 ms
done
