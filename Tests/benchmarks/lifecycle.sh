# shellcheck shell=sh
# shellcheck disable=SC2154 # bin/bench, which sources this, sets what is not set here
# What a start and an ending cost beside C with the same writes and syncs.

# Prints what the command that was traced last writes and syncs, as operations of replay on the files of $floor.
operations() {
	sed -n "s|$project/|$floor/|g; p" "$work/trace" | awk -v root="$floor/" '
		index($0, root) == 0 { next }
		{
			path = substr($0, index($0, root))
			sub(/>.*/, "", path)
		}
		# The write goes where the file ends when it was opened for appending.
		/openat\(.*O_APPEND/ { opened = $0; sub(/.*"/, "", opened); match($0, /<[^<>]*>$/); appends[substr($0, RSTART + 1, RLENGTH - 2)] = 1 }
		/ write\(/ { if ($NF > 0) print (appends[path] ? "append " : "write ") path " " $NF (appends[path] ? "" : " 0") }
		/pwrite64\(/ {
			offset = $0
			sub(/\) += [0-9]+$/, "", offset)
			sub(/.*, /, "", offset)
			print "write " path " " $NF " " offset
		}
		/f(data)?sync\(/ { print "sync " path }
	'
}

printf '\nA start and an ending, against C with the same writes and syncs\n'
floor=$work/floor
project "$work/lifecycle"
"$tools/task-start" 1.0 >/dev/null && "$tools/task-done" 1.0
cp -R "$project" "$floor"
start_syncs=$(syncs "$tools/task-start" 1.1)
operations >"$work/start.operations"
done_syncs=$(syncs "$tools/task-done" 1.1 --file-created a.txt)
operations >"$work/done.operations"
for trace in "start" "done"; do [ -s "$work/$trace.operations" ] || die 70 "task-$trace was not seen to write"; done
# shellcheck disable=SC2046 # operations are words
time_processes \
	'task-start' "$tools/task-start" 1.1 \; \
	'C: the writes and syncs of task-start' "$work/replay" "$configuration" "$work/lock" $(cat "$work/start.operations") \; \
	'task-done' "$tools/task-done" 1.1 --file-created a.txt \; \
	'C: the writes and syncs of task-done' "$work/replay" "$configuration" "$work/lock" $(cat "$work/done.operations")

row 'task-start / C with the same writes and syncs' \
	"$(calculate "$(median task-start) / $(median 'C: the writes and syncs of task-start')")" 2.5 x
row 'task-done / C with the same writes and syncs' \
	"$(calculate "$(median task-done) / $(median 'C: the writes and syncs of task-done')")" 2.5 x
row 'fdatasync calls of task-start' "$start_syncs" 1
row 'fdatasync calls of task-done' "$done_syncs" 2
