# Counts starts and completions per droid: jq -n -r -f group-by.jq FILE, printing what scan-lines prints.
reduce inputs as $line ({};
	if $line.event_type == "task.execution.started" then .[$line.droid_id][0] += 1
	elif $line.event_type == "task.execution.completed" then .[$line.droid_id][1] += 1
	else . end)
| to_entries | sort_by(.key)[] | [.key, .value[0] // 0, .value[1] // 0] | @tsv
