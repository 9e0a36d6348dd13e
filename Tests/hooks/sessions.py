"""Sessions of both harnesses: in order, out of order, repeated, in parallel, resumed, killed."""
import json
import os
import signal
import subprocess
import sys

from harness import TOOLS, Project, check, finish
from payloads import CamelDroid, Claude, Droid


def feed(project, harness, payloads, env=None):
    """Runs a hook for each payload; what is wrong with any of them."""
    return " ".join(filter(None, (project.hook(harness.name, payload, env=env) for payload in payloads)))


def session(name, harness_type):
    project = Project(name)
    harness = harness_type(project.root)
    os.makedirs(f"{project.root}/transcripts")
    with open(harness.common["transcript_path"].replace(".jsonl", ".settings.json"), "w", encoding="utf-8") as file:
        json.dump({"model": "m", "tokenUsage": {"inputTokens": 48213, "outputTokens": 7, "thinkingTokens": 3}}, file)
    trouble = feed(project, harness, harness.whole())
    check(f"{name}: every hook is quiet", not trouble, trouble)
    [start], [child] = project.starts(), project.starts("subagent")[:1]
    check(f"{name}: the start tells the session", start["task_id"] == f"{harness.name}.session"
          and start["droid_id"] == harness.name and start["details"]["context"]["session_id"] == harness.common["session_id"]
          and start["details"]["owner"]["pid"] == os.getpid(), start)
    [end] = project.ending(start)
    result = end["result"]
    check(f"{name}: it ends as completed, with counts", end["status"] == "completed" and result["prompts"] == 1
          and result["turns"] == 1 and result["compactions"] == 1 and result["end_reason"] == "prompt_input_exit", end)
    check(f"{name}: tokens are taken from the settings beside the transcript",
          result["tokens"] == {"input_tokens": 48213, "output_tokens": 7, "thinking_tokens": 3}, result)
    shell = result["tools"]["Bash" if harness.name == "claude" else "Execute"]
    check(f"{name}: failures are counted", shell["failures"] == 1 and result["tool_failures"] == 1, result)
    if harness.name == "claude":
        check(f"{name}: MCP tools count under their names", result["tools"]["mcp__github__get_issue"]["calls"] == 1, result)
        check(f"{name}: files", result["files_modified"] == ["/srv/a.txt", "/srv/b.txt"], result)
        check(f"{name}: a call with an id needs no guess", "correlation" not in child["details"], child)
    else:
        check(f"{name}: files", result["files_created"] == ["/srv/a.txt"] and result["files_modified"] == ["/srv/b.txt"], result)
        check(f"{name}: a call without an id is told by its order", child["details"]["correlation"] == "heuristic", child)
    check(f"{name}: a subagent is an execution of its own", child["droid_id"] == "Explore"
          and child["details"]["parent_execution_id"] == start["execution_id"]
          and [line["status"] for line in project.ending(child)] == ["completed"], child)
    check(f"{name}: each execution ends once", len(project.endings()) == len(project.starts()) + len(project.starts("subagent")),
          project.endings())
    waiting = [line for line in project.of_type("droid.self_report") if line["status"] == "waiting"]
    check(f"{name}: it waits for a person", len(waiting) == 1, waiting)
    check(f"{name}: no report besides, as it took less than a minute", len(project.of_type("droid.self_report")) == 1, "")
    check(f"{name}: nothing private is kept", not project.leaks(), project.leaks())
    check(f"{name}: no trouble", project.log() == "", project.log())
    modes = {name: oct(os.stat(os.path.join(folder, name)).st_mode & 0o777) for folder, _, names in os.walk(project.state) for name in names}
    check(f"{name}: its files are their user's", set(modes.values()) == {"0o600"}, modes)


def out_of_order():
    project = Project("order")
    claude = Claude(project.root)
    trouble = feed(project, claude, [claude.end()])
    check("order: an end before anything opens nothing", not trouble and not project.starts(), trouble)
    check("order: and is told in the log", "nothing is known of its start" in project.log(), project.log())
    trouble = feed(project, claude, [claude.shell("x")[1], claude.stop(), claude.start(), claude.start(), claude.start("resume")])
    check("order: an answer before the start opens the session, once", not trouble and len(project.starts()) == 1, trouble)
    check("order: and says that its start was not seen", project.starts()[0]["details"]["context"]["source"] == "unseen", "")
    feed(project, claude, [claude.delegate("t")[1], claude.end(), claude.end(), claude.prompt(), claude.shell("y")[0], claude.stop()])
    check("order: it ends once, whatever comes afterwards", [line["status"] for line in project.endings()] == ["completed"],
          project.endings())
    check("order: what comes afterwards is told once", project.log().count("what it tells is passed over") == 1, project.log())
    feed(project, claude, [claude.start("resume"), claude.end("clear")])
    check("order: resumed after its end it is another execution, linked", len(project.starts()) == 2
          and project.starts()[1]["details"]["context"]["resumed_from"] == project.starts()[0]["execution_id"], project.starts())
    feed(project, claude, [{"hook_event_name": "SessionStart"}, {"hook_event_name": "Stop"}, {"hook_event_name": "SessionEnd"}])
    check("order: without a session's name the process is the session", len(project.starts()) == 3
          and len(project.endings()) == 3, project.endings())
    feed(project, Claude(project.root, "odd"), [Claude(project.root, "odd").event("Frob")] * 3)
    check("order: an unknown event is told once", project.log().count("event 'Frob'") == 1, project.log())


def repeated():
    project = Project("repeated")
    claude = Claude(project.root)
    trouble = feed(project, claude, [payload for payload in claude.whole()[:-1] for _ in range(2)] + [claude.end()])
    [end] = [line for line in project.endings() if line["task_id"] == "claude.session"]
    calls = {name: tool["calls"] for name, tool in end["result"]["tools"].items()}
    check("repeated: a call that is told twice is one", calls == {"Bash": 2, "Write": 1, "Task": 1, "mcp__github__get_issue": 1,
                                                               "MultiEdit": 1} and not trouble, (calls, trouble))
    check("repeated: so is work that is given to others", len(project.starts("subagent")) == 2, project.starts("subagent"))


def subagents():
    project = Project("subagents")
    claude = Claude(project.root)
    one, other = claude.delegate("t1", "Explore"), claude.delegate("t2", "Plan")
    background = claude.before("Task", "t3", subagent_type="Explore", run_in_background=True)
    launched = claude.after("Task", "t3", {"status": "async_launched", "agentId": "a3"}, subagent_type="Explore", run_in_background=True)
    feed(project, claude, [
        claude.start(), one[0], other[0], claude.event("SubagentStart", agent_id="a1", agent_type="Explore"),
        claude.event("SubagentStart", agent_id="a2", agent_type="Plan"),
        claude.before("Grep", "g1", pattern="x") | {"agent_id": "a2"}, claude.before("Grep", "g2", pattern="x") | {"agent_id": "a2"},
        claude.before("Task", "t4", subagent_type="Explore") | {"agent_id": "a2"},
    ])
    starts = {line["droid_id"]: line for line in project.starts("subagent")[:2]}
    nested = project.starts("subagent")[2]
    check("subagents: one in another is its child", nested["details"]["parent_execution_id"] == starts["Plan"]["execution_id"], nested)
    feed(project, claude, [claude.failed("Task", "t4"), other[1], background, launched])
    check("subagents: a failed call is a failed execution", [line["status"] for line in project.ending(nested)] == ["failed"], "")
    [end] = project.ending(starts["Plan"])
    check("subagents: calls of tools in it are its own", end["result"]["tool_calls"] == 3, end)
    check("subagents: another goes on", not project.ending(starts["Explore"]), "")
    last = project.starts("subagent")[-1]
    check("subagents: one in the background outlives its call", not project.ending(last), "")
    feed(project, claude, [claude.event("SubagentStop", agent_id="a3", agent_type="Explore")])
    check("subagents: until it says so", [line["status"] for line in project.ending(last)] == ["completed"], project.endings())
    feed(project, claude, [claude.end()])
    [end] = project.ending(starts["Explore"])
    check("subagents: what a session leaves behind has failed, unconfirmed", end["status"] == "failed"
          and end["details"]["cause"] == "session_ended" and end["details"]["confirmed"] is False, end)

    droid = Droid(project.root, "d-1")
    one, other = droid.delegate(None, "reviewer"), droid.delegate(None, "tester")
    feed(project, droid, [droid.start(), one[0], other[0], other[1]])
    opened = {line["droid_id"]: line for line in project.starts("subagent")[-2:]}
    check("subagents: without ids the kind tells which has ended", bool(project.ending(opened["tester"]))
          and not project.ending(opened["reviewer"]), project.endings())
    feed(project, droid, [one[1], droid.end()])


def parallel():
    project = Project("parallel")
    claude = Claude(project.root)
    payloads = [claude.before("Read", f"r{number}", file_path=f"/f{number}") for number in range(20)]
    running = [project.start("claude", payload) for payload in payloads]
    trouble = " ".join(filter(None, (project.end(*one) for one in running)))
    check("parallel: 20 hooks at once open one session", not trouble and len(project.starts()) == 1, (trouble, project.starts()))
    running = [project.start("claude", claude.after("Read", f"r{number}", file_path=f"/f{number}")) for number in range(20)]
    running += [project.start("claude", claude.delegate(f"t{number}")[0]) for number in range(5)]
    trouble = " ".join(filter(None, (project.end(*one) for one in running)))
    feed(project, claude, [claude.end()])
    [end] = project.ending(project.starts()[0])
    lost = project.log().count("was not counted")
    seen = end["result"]["tools"]["Read"]["calls"]
    check("parallel: calls are counted, or told as not counted", not trouble and 20 - lost <= seen <= 20, (trouble, end, lost))
    check("parallel: no work that was given to others is lost", len(project.starts("subagent")) == 5, len(project.starts("subagent")))
    check("parallel: the journal is whole", all("event_id" in line for line in project.lines()), "")


def environment():
    project = Project("environment")
    claude = Claude(project.root)
    path = f"{project.root}/env file"
    with open(path, "w", encoding="utf-8") as file:
        file.write("export MINE=1")
    variables = {"CLAUDE_ENV_FILE": path}
    for source in ("startup", "resume", "compact", "resume"):
        project.hook("claude", claude.start(source), env=variables)
    with open(path, encoding="utf-8") as file:
        content = file.read()
    check("environment: one line, however often it is resumed", content.count("\n") == 2 and content.startswith("export MINE=1\n"), content)
    answer = project.run("sh", "-c", f'. "{path}"; task-start 1.1 >/dev/null; echo "$DROID_EXECUTION_ID $DROID_RUN_ID $TRACEPARENT $MINE"')
    [start] = project.starts()
    words = answer.stdout.decode().split()
    check("environment: a script that the agent runs joins the session", words[0] == start["execution_id"] and words[1] == start["run_id"]
          and words[2].split("-")[1:3] == [start["details"]["trace_id"], start["details"]["span_id"]] and words[3] == "1", words)
    [task] = [line for line in project.of_type("task.execution.started") if line["task_id"] == "1.1"]
    check("environment: its task is the session's child", task["details"]["parent_execution_id"] == start["execution_id"], task)
    with open(f"{project.root}/absent", "w", encoding="utf-8") as file:
        os.unlink(file.name)
    project.hook("droid", Droid(project.root).start(), env={"DROID_ENV_FILE": f"{project.root}/absent"})
    with open(f"{project.root}/absent", encoding="utf-8") as file:
        check("environment: a file that is missing is made", file.read().startswith("export DROID_EXECUTION_ID='"), "")
    trouble = project.hook("claude", claude.start(), env={"CLAUDE_ENV_FILE": "/proc/none/file"})
    check("environment: one that cannot be written is told in the log", not trouble and "cannot write" in project.log(), project.log())


HARNESS = """
import json, subprocess, sys, time
for payload in json.loads(sys.argv[2]):
    words = ["sh", "-c", f"{sys.argv[1]}/track-hook claude; exit 0"]
    subprocess.run(words, input=json.dumps(payload).encode(), check=True)
print("ready", flush=True)
time.sleep(600)
"""


def killed():
    project = Project("killed")
    claude = Claude(project.root)
    payloads = json.dumps([claude.start(), claude.prompt(), claude.delegate("t1")[0]])
    words = [sys.executable, "-c", HARNESS, TOOLS, payloads]
    harness = subprocess.Popen(words, cwd=project.root, env=project.environment(), stdout=subprocess.PIPE)
    harness.stdout.readline()
    [start] = project.starts()
    check("killed: the owner is the harness, not the shell between", start["details"]["owner"]["pid"] == harness.pid, start)
    sweep = project.run(f"{TOOLS}/track-sweep")
    check("killed: while it lives nothing is closed", not project.endings(), sweep)
    harness.send_signal(signal.SIGKILL)
    harness.wait()
    project.run(f"{TOOLS}/track-sweep")
    check("killed: then the sweep closes all of it at once", [line["reason"] for line in project.endings()] == ["process_gone"] * 2,
          project.endings())
    feed(project, claude, [claude.start("resume")])
    check("killed: resumed it is another execution, linked", project.starts()[-1]["details"]["context"].get("resumed_from")
          == start["execution_id"], project.starts()[-1])


def late():
    project = Project("late")
    claude = Claude(project.root)
    feed(project, claude, [claude.start(), claude.prompt()])
    project.run(f"{TOOLS}/track-sweep", "--timeout", "0", "--force")
    feed(project, claude, [claude.waiting(), claude.stop(), claude.end()])
    check("late: the ending of a session that was given up is late", [line["status"] for line in project.endings()] == [
        "abandoned", "completed"] and project.endings()[1]["details"]["late"] is True, project.endings())


def lost_state():
    project = Project("lost")
    claude = Claude(project.root)
    feed(project, claude, [claude.start()])
    for folder, _, names in os.walk(f"{project.state}/hooks"):
        for name in names:
            os.unlink(os.path.join(folder, name))
    feed(project, claude, [claude.prompt(), claude.end()])
    check("lost: without its file a session is found again by its owner", len(project.starts()) == 1
          and [line["status"] for line in project.endings()] == ["completed"], project.endings())
    feed(project, claude, [claude.start("resume")])
    subprocess.run(["rm", "-rf", project.state], check=True)
    feed(project, claude, [claude.start("compact"), claude.end()])
    check("lost: also after the whole state was", len(project.endings()) == len(project.starts()), project.lines())


def metrics():
    project = Project("metrics")
    claude = Claude(project.root)
    feed(project, claude, claude.whole())
    project.run(f"{TOOLS}/task-start", "1.1")
    project.run(f"{TOOLS}/task-fail", "1.1")
    plain = json.loads(project.run(f"{TOOLS}/track-metrics", "--json").stdout)["executions"]
    check("metrics: sessions are counted apart", plain["started"] == 3 and plain["sessions"]["started"] == 1
          and plain["sessions"]["completed"] == 1 and plain["failed"] == 1, plain)
    full = json.loads(project.run(f"{TOOLS}/track-metrics", "--json", "--sessions").stdout)["executions"]
    check("metrics: and among the executions when asked for", full["started"] == 4 and full["completed"] == plain["completed"] + 1, full)
    told = project.run(f"{TOOLS}/track-metrics").stdout.decode()
    check("metrics: the report has a line for them", "Sessions" in told and "1 ended" in told, told)


for harness_type in (Claude, Droid, CamelDroid):
    session(harness_type.__name__, harness_type)
for scenario in (out_of_order, repeated, subagents, parallel, environment, killed, late, lost_state, metrics):
    scenario()
finish()
