# Prints the events of a journal in one line each: what happened to which task, and how it ended.

function field(key,    found) {
	if (!match($0, "\"" key "\": *(\"[^\"]*\"|[^,}]*)")) return ""
	found = substr($0, RSTART, RLENGTH)
	sub("^\"" key "\": *", "", found)
	gsub("\"", "", found)
	return found
}

function shown(key,    value) {
	value = field(key)
	return value == "" ? "" : " " key "=" value
}

{
	type = field("event_type")
	task = field("task_id")
}

type == "task.execution.started" {
	tasks[field("execution_id")] = task
	parent = field("parent_execution_id")
	print "started " task (parent == "" ? "" : " parent=" (parent in tasks ? tasks[parent] : parent))
}

type == "task.execution.completed" {
	print field("status") " " task shown("exit_code") shown("signal") shown("error") shown("late") shown("confirmed")
}

type == "task.execution.abandoned" { print "abandoned " task shown("reason") }

type == "droid.self_report" { print "report " task shown("message") }
