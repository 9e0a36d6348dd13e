#!/usr/bin/env python3
"""Checks what track-export writes of fixtures, of a made history and of real runs, all at once and bit by bit.

usage: check.py TOOLS
"""
import fcntl
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import chrome
import history
import otlp

TOOLS = Path(sys.argv[1]).resolve()
FIXTURES = Path(__file__).resolve().parent.parent / "Fixtures/original"
SEED = 20261122
OUTSIDE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Project:
    def __init__(self, root):
        self.root = Path(root)
        self.logs = self.root / ".droid-forge/logs"
        self.state = self.logs / ".state"
        self.root.mkdir(parents=True)
        (self.root / "droid-forge.yaml").touch()

    def run(self, *words, status=0, says=None, **more):
        environment = {"PATH": f"{TOOLS}:{os.environ['PATH']}", "HOME": str(self.root.parent), "LC_ALL": "C.UTF-8"}
        environment.update(more.pop("environment", {}))
        done = subprocess.run([TOOLS / words[0], *words[1:]], cwd=self.root, env=environment, timeout=120,
                              stdout=more.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE, **more)
        error = done.stderr.decode()
        assert done.returncode == status, f"{words}: status {done.returncode}: {error}"
        assert says is None or says in error, f"{words}: {error!r} does not say {says!r}"
        return (done.stdout or b"").decode("utf-8", errors="strict")

    def export(self, *words, **more):
        return self.run("track-export", *words, **more)

    def write(self, name, lines):
        self.state.mkdir(parents=True, exist_ok=True)
        with open(self.logs / name, "ab") as file:
            file.write(lines)


def sound(problems):
    problems = list(problems)
    assert not problems, "\n  ".join(problems[:5])


def results(spans):
    return {span.execution: span.attributes["cicd.pipeline.task.run.result"] for span in spans}


def fixtures(project):
    for directory in sorted(FIXTURES.iterdir()):
        spans = otlp.read(project.export("--logs", str(directory), "--quiet"))
        assert spans, f"nothing of {directory.name}"
        sound(otlp.problems(spans))
        events = chrome.read(project.export("--logs", str(directory), "--quiet", "--format", "perfetto"))
        sound(chrome.problems(events))
        assert len(chrome.slices(events)) == len(spans)


def made(count):
    return history.History(random.Random(SEED), count)


def a_made_history(project):
    told = made(400)
    project.write("events.ndjson", b"".join(line + b"\n" for line in told.lines))
    ended = {execution: result for execution, result in told.executions.items() if result}
    spans = otlp.read(project.export(says="open, not written yet"))
    assert len(spans) == len(ended) and results(spans) == ended
    open_now = {told.parents[id][1] for id, result in told.executions.items() if not result and id in told.parents}
    sound(otlp.problems(spans, outside=open_now | {span.parent for span in spans if told.executions.get(span.above, 1) is None}))
    project.export(says="passed over")
    events = chrome.read(project.export("--format", "perfetto"))
    sound(chrome.problems(events))
    assert {event["args"]["cicd.pipeline.task.run.id"] for event in chrome.slices(events)} == set(ended)
    lines = b"".join(line + b"\n" for line in told.lines)
    from_pipe = otlp.read(project.export("-", input=lines))
    assert results(from_pipe) == ended
    only = otlp.read(project.export("--droid", "droid-1", "--quiet"))
    assert {span.execution for span in only} == {s.execution for s in spans if s.attributes["gen_ai.agent.name"] == "droid-1"}
    assert project.export("--since", "1h", "--quiet") == ""


def bit_by_bit(project):
    """However the journal is cut and renamed between the exports, each ending is written once."""
    told = made(300)
    lines = b"".join(line + b"\n" for line in told.lines)
    dice = random.Random(SEED)
    written = []
    place = number = 0
    while place < len(lines):
        piece = lines[place:place + dice.randrange(1, len(lines) // 12)]
        project.write("events.ndjson", piece)
        place += len(piece)
        spans = otlp.read(project.export("--since-last", "--quiet"))
        written += spans
        assert project.export("--since-last", "--quiet") == "", "a second export writes something"
        if dice.random() < 0.4 and lines[place - 1:place] == b"\n":
            number += 1
            (project.logs / "events.ndjson").rename(project.logs / f"events-{number:03}.ndjson")
    ended = {execution: result for execution, result in told.executions.items() if result}
    assert results(written) == ended, "the last word on an execution is another"
    counts = {}
    for span in written:
        counts.setdefault(span.execution, []).append(span)
    for spans in counts.values():
        assert len(spans) == 1 or (
            [span.attributes["cicd.pipeline.task.run.result"] for span in spans] == ["error", "success"]
            and spans[0].id == spans[1].id and spans[1].attributes["droid_track.replaces_abandonment"]), "written twice"
    whole = {span.execution: span for span in otlp.read(project.export("--quiet"))}
    for span in written:
        assert (span.trace, span.id, span.parent) == tuple(getattr(whole[span.execution], key) for key in ("trace", "id", "parent"))


def rotated(project):
    """What our rotation and logrotate's names make of the journal is read as it was; nothing is written twice."""
    (project.root / "droid-forge.yaml").write_text(
        "performance:\n  execution_tracking:\n    retention:\n      max_age: 90d\n      compress: gzip\n")
    for task in ("1.1", "1.2", "1.3"):
        project.run("task-start", task)
        project.run("task-done", task)
        before = otlp.read(project.export("--since-last"))
        assert [span.attributes["cicd.pipeline.task.name"] for span in before] == [task], before
        if task != "1.3":
            project.run("track-sweep", "--rotate")
            project.run("track-sweep", "--quiet")
    (project.logs / "events.ndjson").rename(project.logs / "events.ndjson.1")
    names = sorted(path.name for path in project.logs.glob("events*"))
    assert sum(name.endswith(".gz") for name in names) == 2 and "events.ndjson.1" in names, names
    assert sorted(span.attributes["cicd.pipeline.task.name"] for span in otlp.read(project.export())) == ["1.1", "1.2", "1.3"], names
    assert project.export("--since-last", "--quiet") == "", "a rename makes news"


def rotated_meanwhile(project):
    """A file that is renamed, compressed or pruned between the listing and the opening is not missed, nor in the way."""
    project.run("task-run", "1.1", "--", "true")
    log = project.logs / "events.ndjson"
    older = project.logs / "events-1.ndjson"

    def rotate():
        log.rename(older)
        project.run("task-run", "1.2", "--", "true")

    def compress():
        subprocess.run(["gzip", older], check=True)

    for change, tasks in (rotate, ["1.1", "1.2"]), (compress, []), (lambda: older.with_suffix(".ndjson.gz").unlink(), []):
        # It is stopped once it knows the names, before it opens a file.
        trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", project.logs, "-e", "trace=getdents64", "-e",
                 "inject=getdents64:signal=STOP:when=2", TOOLS / "track-export", "--since-last", "--quiet"]
        with subprocess.Popen(trace, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
            child = stopped_child(export.pid)
            try:
                change()
            finally:
                os.kill(child, signal.SIGCONT)
            written, error = export.communicate(timeout=60)
        assert export.returncode == 0, f"{export.returncode}: {error.decode()}"
        found = [span.attributes["cicd.pipeline.task.name"] for span in otlp.read(written.decode())]
        assert sorted(found) == tasks, f"{found}, not {tasks}"
    assert project.export("--since-last", "--quiet") == "", "something was missed"


def stopped_child(parent):
    """The process that strace runs, once a signal has stopped it."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            state = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
            if state in "Tt" and Path(f"/proc/{child}/exe").resolve().name != "strace":
                return int(child)
        time.sleep(0.01)
    raise AssertionError("it was not stopped")


def real_runs(project):
    project.run("task-run", "1", "Outer", "--droid", "builder", "--", "task-run", "1.1", "--", "sh", "-c",
                "task-progress . 1/2 half; task-run 1.1.1 -- sh -c 'exit 3'; exit 0",
                environment={"TRACEPARENT": OUTSIDE, "TRACESTATE": "a=1", "BAGGAGE": "user=alice"})
    project.run("task-start", "2", "--droid", "lost")
    project.run("task-start", "3")
    project.run("task-done", "3")
    assert len(otlp.read(project.export("--since-last", says="1 execution open"))) == 4
    project.run("track-sweep", "--timeout", "0")
    abandoned = otlp.read(project.export("--since-last"))
    assert results(abandoned) == {abandoned[0].execution: "error"} or len(abandoned) == 1
    project.run("task-done", "2")
    late = otlp.read(project.export("--since-last"))
    assert [span.id for span in late] == [span.id for span in abandoned]
    assert late[0].attributes["droid_track.late"] and late[0].attributes["droid_track.replaces_abandonment"]
    spans = otlp.read(project.export())
    assert len(spans) == 5 and project.export("--since-last") == ""
    sound(otlp.problems(spans, outside={"b7ad6b7169203331"}))
    by_task = {span.attributes["cicd.pipeline.task.name"]: span for span in spans}
    outer, middle, inner = (by_task[task] for task in ("1", "1.1", "1.1.1"))
    assert outer.parent == "b7ad6b7169203331" and outer.trace == "0af7651916cd43dd8448eb211c80319c"
    assert (middle.parent, inner.parent) == (outer.id, middle.id)
    assert outer.message.trace_state == "a=1" and outer.attributes["droid_track.baggage"] == "user=alice"
    assert inner.attributes["process.exit.code"] == 3 and inner.attributes["error.type"] == "3"
    assert inner.message.status.message == "exit status 3" and inner.attributes["droid_track.resources.cpu_seconds"] >= 0
    progress = [event for event in middle.message.events if event.name == "progress"]
    assert otlp.plain(progress[0].attributes)["droid_track.progress"] == 0.5
    assert outer.resource["service.name"] == project.root.name and outer.resource["host.name"]
    events = chrome.read(project.export("--format", "perfetto"))
    sound(chrome.problems(events))
    assert sum(event["ph"] == "f" for event in events) == 2


def the_mark_is_moved_last(project):
    project.run("task-run", "1", "--", "true")
    with open("/dev/full", "wb") as full:
        project.export("--since-last", stdout=full, status=74, says="cannot write standard output")
    project.export("--since-last", "--output", "no/such/place", status=73, says="cannot write no/such/place")
    assert not list(project.state.glob("export-*.mark")), "a mark of what was not written"
    project.export("--since-last", "--output", "traces.jsonl")
    assert len(otlp.read((project.root / "traces.jsonl").read_text())) == 1
    # The other format has a mark of its own.
    assert len(chrome.slices(chrome.read(project.export("--since-last", "--format", "perfetto")))) == 1
    assert chrome.slices(chrome.read(project.export("--since-last", "--format", "perfetto"))) == []
    with open(project.state / "export-otlp-json.lock", "r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        project.export("--since-last", status=75, says="under way")
    mark = project.state / "export-otlp-json.mark"
    whole = mark.read_bytes()
    for damaged in whole[:-9], b"", b"\0" * 99, b"{}\n{}\n", whole.replace(b'"format": 1', b'"format": 9'), b"[" * 9999:
        mark.write_bytes(damaged)
        project.export("--since-last", status=65, says="remove it")
    mark.unlink()
    assert len(otlp.read(project.export("--since-last"))) == 1


def factory_alone(project):
    """A project that only the original's droids have written in: its export has a mark, too."""
    logs = project.root / ".factory/logs"
    logs.mkdir(parents=True)
    line = {"event_type": "task.execution.started", "task_id": "1", "execution_id": "e", "timestamp": "2026-03-01T00:00:00Z"}
    end = line | {"event_type": "task.execution.completed", "timestamp": "2026-03-01T00:00:09Z", "status": "completed"}
    (logs / "events.ndjson").write_text(f"{json.dumps(line)}\n{json.dumps(end)}\n")
    assert len(otlp.read(project.export("--since-last", "--quiet"))) == 1
    assert project.export("--since-last", "--quiet") == "", "a second export writes everything again"
    assert (project.state / "export-otlp-json.mark").exists() and project.logs.stat().st_mode & 0o77 == 0
    assert (project.root / ".droid-forge/.gitignore").read_text() == "*\n"


def under_fault(project, calls, fault):
    """Exports with the k-th call at fault, k from 1 until none is met: what was not written is written by the next."""
    for number in range(1, 200):
        for left in [*project.state.glob("export-*"), *project.state.glob(".export-*")]:
            left.unlink()
        trace = project.root / "trace.txt"
        first = subprocess.run(
            ["strace", "-o", trace, "-e", f"trace={calls}", "-e", f"inject={calls}:{fault}:when={number}",
             TOOLS / "track-export", "--since-last", "--quiet"], cwd=project.root, capture_output=True, timeout=60)
        written = otlp.read(first.stdout.decode()) if first.stdout.endswith(b"\n") else []
        again = otlp.read(project.export("--since-last", "--quiet"))
        place = f"{fault} at {calls} {number}"
        assert written or again, f"lost: {place}"
        assert first.returncode != 0 or (written and not again), f"silent: {place}"
        assert first.returncode <= 0 or first.stderr.count(b"\n") == 1, f"{place}: {first.stderr}"
        assert not list(project.state.glob(".export-*")), f"left behind: {place}"
        if "INJECTED" not in trace.read_text() and first.returncode == 0:
            return number - 1
    raise AssertionError("faults without end")


def a_fault_loses_nothing(project):
    project.run("task-run", "1", "--", "true")
    calls = "write", "fsync", "rename,renameat,renameat2", "fchmod", "openat", "flock", "read", "pread64"
    for call in calls:
        for fault in ("signal=KILL", "error=EIO"):
            met = under_fault(project, call, fault)
            assert met or call == "read", f"{call} is not called"


def bad_input(project):
    start = b'{"timestamp":"2026-03-01T00:00:00Z","event_type":"task.execution.started","task_id":"1","execution_id":"e"'
    end = b'{"timestamp":"2026-03-01T00:00:09Z","event_type":"task.execution.completed","execution_id":"e","status":'
    cases = {
        "empty": b"", "a NUL": b"\0", "no UTF-8": start + b',"x":"\xff"}\n', "5 MB": start + b',"x":"' + b"x" * (5 << 20) + b'"}\n',
        "deep": b"[" * 100_000 + b"\n", "torn": start, "twice": start[:-1] + b'","execution_id":"e"}\n' + end + b'"failed"}\n',
        "no ids": b'{"event_type":"task.execution.completed","timestamp":"2026-03-01T00:00:00Z"}\n',
        "numbers": start + b',"details":{"trace_id":1e999,"span_id":[],"attempt":1e400,"timeout_seconds":-0}}\n' + end
        + b'"completed","details":{"duration_seconds":1e300,"exit_code":99999999999999999999,"resources":{"a":1e-999}}}\n',
        "times": start.replace(b"2026", b"9999") + b"}\n" + end.replace(b"2026", b"0001") + b'"completed"}\n',
        "an end alone": end + b'"completed","details":{"duration_seconds":2.5}}\n',
    }
    expected = {"twice": 1, "numbers": 1, "times": 1, "an end alone": 1}
    for name, lines in cases.items():
        spans = otlp.read(project.export("-", "--quiet", input=lines))
        assert len(spans) == expected.get(name, 0), f"{name}: {len(spans)} spans"
        sound(otlp.problems(spans))
        sound(chrome.problems(chrome.read(project.export("-", "--quiet", "--format", "perfetto", input=lines))))
    for words in (["--since-last", "-"], ["--since-last", "--logs", "."], ["--since-last", "--task", "1"], ["x"],
                  ["--format", "xml"], ["-", "--logs", "."]):
        project.export(*words, status=64)
    assert project.export("--since-last") == "" and not project.logs.exists(), "an export made a journal"


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for check in (fixtures, a_made_history, bit_by_bit, rotated, rotated_meanwhile, real_runs, the_mark_is_moved_last,
                      factory_alone, a_fault_loses_nothing, bad_input):
            try:
                check(Project(f"{scratch}/{check.__name__}"))
                passed += 1
            except (AssertionError, json.JSONDecodeError, UnicodeDecodeError, otlp.json_format.ParseError) as problem:
                failed += 1
                print(f"FAILED: {check.__name__}: {problem or type(problem).__name__}")
                if os.environ.get("TRACEBACK"):
                    raise
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
