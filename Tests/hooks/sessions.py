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
    reports = [line["status"] for line in project.of_type("droid.self_report")]
    check(f"{name}: until work goes on, and no report besides, as it took less than a minute", reports == ["waiting", "executing"], reports)
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


def at_once(project, payloads):
    """Runs hooks all at once: each has begun before the first of them is told anything; what is wrong with any of them."""
    running = [project.start("claude", payload) for payload in payloads]
    for process, data in running:
        process.stdin.write(data)
        process.stdin.close()
        process.stdin = None
    return " ".join(filter(None, (project.end(process, None) for process, _ in running)))


def parallel():
    project = Project("parallel")
    claude = Claude(project.root)
    trouble = at_once(project, [claude.before("Read", f"r{number}", file_path=f"/f{number}") for number in range(20)])
    check("parallel: 20 hooks at once open one session", not trouble and len(project.starts()) == 1, (trouble, project.starts()))
    trouble = at_once(project, [claude.after("Read", f"r{number}", file_path=f"/f{number}") for number in range(20)]
                      + [claude.delegate(f"t{number}")[0] for number in range(5)] + [claude.prompt()] * 15)
    feed(project, claude, [claude.end()])
    [end] = project.ending(project.starts()[0])
    seen = end["result"]["tools"]["Read"]["calls"]
    check("parallel: every call is counted", not trouble and seen == 20 and end["result"]["prompts"] == 15
          and "was not counted" not in project.log(), (trouble, end, project.log()))
    check("parallel: no work that was given to others is lost", len(project.starts("subagent")) == 5, len(project.starts("subagent")))
    check("parallel: the journal is whole", all("event_id" in line for line in project.lines()), "")


def waiting():
    project = Project("waiting")
    claude = Claude(project.root)
    after = claude.shell("s1")[1]
    feed(project, claude, [claude.start(), claude.waiting(), claude.waiting(), claude.stop(), claude.shell("s1")[0], after, claude.shell("s2")[0]])
    reports = [line["status"] for line in project.of_type("droid.self_report")]
    check("waiting: that work goes on is told at once, and once", reports == ["waiting", "executing"], reports)
    feed(project, claude, [claude.waiting(), claude.prompt(), claude.prompt()])
    reports = [line["status"] for line in project.of_type("droid.self_report")]
    check("waiting: a prompt is work", reports == ["waiting", "executing"] * 2, reports)


def delegations():
    """Subagents that begin all at once and end all at once, round after round."""
    project = Project("delegations")
    claude = Claude(project.root)
    project.hook("claude", claude.start())
    rounds, width = 12, 24
    trouble = ""
    for number in range(rounds):
        calls = [claude.delegate(f"t{number}-{place}", f"kind-{place % 3}") for place in range(width)]
        # A start says nothing new, but it merges what could not wait for the journal.
        trouble += at_once(project, [before for before, _ in calls]) + project.hook("claude", claude.start("compact"))
        opened = project.starts("subagent")[number * width:]
        if not check(f"delegations: all of round {number} begin", len(opened) == width and not any(map(project.ending, opened)), len(opened)):
            break
        # Every third call fails: an ending must be that of its own call.
        failed = [claude.failed("Task", f"t{number}-{place}") for place in range(0, width, 3)]
        trouble += at_once(project, [after for place, (_, after) in enumerate(calls) if place % 3] + failed)
        trouble += project.hook("claude", claude.start("compact"))
        statuses = [[line["status"] for line in project.ending(start)] for start in opened]
        check(f"delegations: all of round {number} end, each as it was told", statuses.count(["completed"]) == 2 * width // 3
              and statuses.count(["failed"]) == width // 3, statuses)
    strange = [line for line in project.log().splitlines() if "is spooled and will be merged" not in line]
    check("delegations: every hook is quiet, and the log, too", not trouble and not strange, (trouble, strange))
    last = [claude.delegate(f"last-{place}") for place in range(width)]
    at_once(project, [before for before, _ in last])
    project.hook("claude", claude.end())
    statuses = [[line["status"] for line in project.ending(start)] for start in project.starts("subagent")[-width:]]
    check("delegations: the session's end is theirs", statuses == [["failed"]] * width, statuses)
    [end] = project.ending(project.starts()[0])
    check("delegations: each call counts once", end["result"]["tools"]["Task"]["calls"] == (rounds + 1) * width, end["result"]["tools"])


def ended_meanwhile():
    """A session that ends among the beginnings of its subagents: whichever comes first, none stays open."""
    project = Project("meanwhile")
    for number in range(8):
        claude = Claude(project.root, f"s{number}")
        payloads = [claude.delegate(f"t{place}")[0] for place in range(12)]
        project.hook("claude", claude.start())
        trouble = at_once(project, payloads[:number] + [claude.end()] + payloads[number:])
        project.hook("claude", Claude(project.root, "last").start())
        left = [start["execution_id"] for start in project.starts("subagent") if not project.ending(start)]
        check(f"ended meanwhile: nothing stays open of session {number}", not trouble and not left, (trouble, left))
    check("ended meanwhile: some had begun", len(project.starts("subagent")) > 0, project.log())


def left_open():
    """Subagents that the session's own file does not know: its end is theirs all the same."""
    project = Project("left")
    claude = Claude(project.root)
    other = Claude(project.root, "another")
    feed(project, claude, [claude.start(), claude.delegate("t1")[0], other.start(), other.delegate("o1")[0]])
    nested = claude.before("Task", "t2", subagent_type="Plan") | {"agent_id": "a1"}
    feed(project, claude, [claude.event("SubagentStart", agent_id="a1", agent_type="Explore"), nested])
    for name in os.listdir(f"{project.state}/hooks"):
        path = f"{project.state}/hooks/{name}"
        with open(path, encoding="utf-8") as file:
            content = file.read()
        if name.endswith(".json") and json.loads(content)["session_id"] == claude.common["session_id"]:
            with open(path, "w", encoding="utf-8") as file:
                json.dump(json.loads(content) | {"delegations": []}, file)
    feed(project, claude, [claude.end()])
    endings = {start["details"].get("parent_execution_id"): [line["status"] for line in project.ending(start)]
               for start in project.starts("subagent")}
    [mine, others] = [start["execution_id"] for start in project.starts()]
    check("left open: what its file has lost is found", endings.pop(mine) == ["failed"], endings)
    check("left open: another session's goes on", endings.pop(others) == [], endings)
    check("left open: so is a subagent's own", list(endings.values()) == [["failed"]], endings)


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
    with open(path, "ab") as other:
        inode = os.fstat(other.fileno()).st_ino
        project.hook("claude", claude.start("compact"), env=variables)
        project.hook("claude", Claude(project.root, "second").start(), env=variables)
        other.write(b"export THEIRS=1\n")
    project.hook("claude", Claude(project.root, "third").start(), env=variables)
    with open(path, "rb") as file:
        lines = file.read().splitlines()
    check("environment: it is appended to, so that no line of another hook is lost", os.stat(path).st_ino == inode
          and lines[0] == b"export MINE=1" and lines[-2] == b"export THEIRS=1" and len(lines) == 5, lines)
    project.hook("claude", Claude(project.root, "third").start("resume"), env=variables)
    project.hook("claude", claude.start("resume"), env=variables)
    answer = project.run("sh", "-c", f'. "{path}"; task-start 1.1 >/dev/null; echo "$DROID_EXECUTION_ID $DROID_RUN_ID $TRACEPARENT $MINE"')
    start = project.starts()[0]
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
for scenario in (out_of_order, repeated, subagents, parallel, delegations, ended_meanwhile, left_open, waiting, environment, killed,
                 late, lost_state, metrics):
    scenario()
finish()
