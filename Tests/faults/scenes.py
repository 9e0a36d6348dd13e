"""What the tools that write do in a project, from fixtures made once: the k-th-fault loop and the kill points share them."""

import contextlib
import fcntl
import glob
import json
import os
import re
import shutil
import subprocess

from harness import WORK, run, tool
from project import Project, recovery_problems

MARK = "mark-5f3a"


class Scene:
    """One call of a tool in a copy of a fixture.

    It succeeds when `done` says so; whatever became of it, after one sweep `kept` must hold: nothing of the fixture is lost.
    Without faults it goes `through` a system call with that text. What no sweep brings in order is tried `again` first.
    With `input` to read it acknowledges event by event: it prints the line of each that is on record.
    """

    def __init__(self, name, fixture, command, done=None, kept=None, through="", torn=0, locked=False, again=False, input=None):
        self.name, self.fixture, self.command, self.torn, self.locked, self.input = name, fixture, command, torn, locked, input
        self.done = done or (lambda project: project.holds(MARK))
        self.kept, self.through = kept or (lambda project: True), through
        self.task, self.again = command[0] == "task-start", again

    @contextlib.contextmanager
    def lock(self, project):
        """Holds the journal's lock meanwhile when the scene is about a held lock."""
        if not self.locked:
            yield
            return
        with open(f"{project.state}/journal.lock", "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def run(self, project, prefix=()):
        return project.run(*self.command, prefix=prefix, input=self.input)

    def lost(self, project, ran):
        """The events that were acknowledged and are neither in the journal nor in the spool."""
        if self.input is None:
            return []
        # Who is killed may leave half a line behind, which tells nothing.
        told = [json.loads(line)["event_id"] for line in ran.out.split(b"\n")[:-1]]
        held = b"".join([*project.all_bytes().values(), *project.spooled_bytes()])
        missing = [id for id in told if id.encode() not in held]
        return [f"{len(missing)} of {len(told)} acknowledged events are lost"] if missing else []

    def recovery_problems(self, project, torn):
        """What one sweep does not bring in order."""
        if self.again:
            self.run(project)
        problems = recovery_problems(project, torn)
        return problems if self.kept(project) else [*problems, "what was waiting in the fixture is lost"]


def strace(log, *options):
    return ["strace", "-f", "-y", "-qq", "-o", log, *options]


def _open(path):
    """Executions 1.0, ended, and 1.1, open; every stream of the lifecycle is there."""
    project = Project(path)
    project.must("task-start", "1.0")
    project.must("task-progress", "1.0", "0.5")
    project.must("task-done", "1.0", "--set", "tests_run=3")
    project.must("task-start", "1.1", "the work")
    return project


def _torn(path, source):
    project = source.copy(path)
    with open(f"{project.logs}/events.ndjson", "ab") as file:
        file.write(b'{"timestamp": "2026-')
    return project


def _lost(path, source):
    project = source.copy(path)
    for ledger in glob.glob(f"{project.state}/ledger-*"):
        shutil.rmtree(ledger)
    return project


def _rebooted(path, source):
    """The ledger is another boot's, and a power cut took the last lines of the streams that are not synced first."""
    project = source.copy(path)
    ledger, = glob.glob(f"{project.state}/ledger-*")
    os.rename(ledger, f"{project.state}/ledger-00000000-0000-4000-8000-000000000000")
    for stream in ("results", "droid_status"):
        lines = project.bytes(stream).splitlines(keepends=True)
        with open(f"{project.logs}/{stream}.ndjson", "wb") as file:
            file.write(b"".join(lines[:-1]))
    return project


def _damaged(path, source):
    """A damaged record: the ledger gives way to a new one while a writer works with it, and holds a pending ending."""
    project = source.copy(path)
    record, = glob.glob(f"{project.state}/ledger-*/open/*")
    project.must("task-start", "1.2", "its ending is pending")
    kill = strace(f"{WORK}/damaged.strace", "-P", f"{project.logs}/events.ndjson", "-e", "inject=write:signal=KILL:when=1")
    run([*kill, tool("task-done"), "1.2"], cwd=project.path, env=project.environment())
    assert "closing" in project.ledger().values() and not ended(project, "1.2")
    os.truncate(record, 10)
    return project


def ended(project, task):
    return any(e["task_id"] == task and e["event_type"] == "task.execution.completed" for e in project.events())


def _several(path, source):
    """Six requests in the spool: a whole life, an ending of what is open, one to be refused, one that is damaged."""
    project = source.copy(path)
    with Scene("", None, ["task-done"], locked=True).lock(project):
        for command in (("task-start", "3.1"), ("task-progress", "3.1", "0.5"), ("task-done", "3.1", "--set", "tests_run=1"),
                        ("task-fail", "1.1", "--error", "spooled"), ("task-done", "9.9")):
            project.must(*command, "--wait", "1ms")
    with open(f"{project.state}/spool/new/00000000000000001-damaged", "w") as file:
        file.write("{")
    assert len(project.spooled()) == 6
    return project


def merged(project):
    """Whether each request in the spool of `_several` is in the journal once, but for the two that cannot be."""
    told = sorted((e["task_id"], e["event_type"].rsplit(".", 1)[1]) for e in project.events() if e["task_id"] in ("3.1", "1.1"))
    refused = {e["details"]["reason"] for e in project.events("audit") if e.get("action") == "spool.refused"}
    return told == [("1.1", "completed"), ("1.1", "started"), ("3.1", "completed"), ("3.1", "self_report"), ("3.1", "started")] \
        and len(refused) == 2 and len(os.listdir(f"{project.state}/spool/bad")) == 1 and not project.spooled()


def _trouble(path, source):
    """An owner that died, an ending whose writer died before its result was written, and an ending in the spool."""
    project = source.copy(path)
    for task in ("2.1", "2.2", "2.3"):
        with subprocess.Popen(["sleep", "60"]) as owner:
            arguments = ["--owner-pid", str(owner.pid)] if task == "2.1" else []
            project.must("task-start", task, "trouble", *arguments)
            owner.kill()
    log = f"{WORK}/trouble.strace"
    kill = strace(log, "-e", "trace=fdatasync", "-e", "inject=fdatasync:signal=KILL:when=1")
    run([*kill, tool("task-done"), "2.2"], cwd=project.path, env=project.environment())
    with Scene("", None, ["task-done"], locked=True).lock(project):
        project.must("task-done", "2.3", "--wait", "1ms")
    assert len(project.spooled()) == 1 and "closing" in project.ledger().values()
    return project


def swept(project):
    """Whether a sweep did its work on `_trouble`."""
    endings = {e["task_id"]: e["event_type"].rsplit(".", 1)[1] for e in project.events() if "ended" not in e
               and e["event_type"] in ("task.execution.completed", "task.execution.abandoned")}
    return endings.get("2.1") == "abandoned" and endings.get("2.2") == endings.get("2.3") == "completed" \
        and not project.spooled()


# So many reports that they are recorded in two batches.
REPORTS = [f"{MARK} {n} of a stream of reports that are recorded many at a time" for n in range(400)]
STREAM = b"".join(b"0.5 %s\n" % report.encode() for report in REPORTS)


def reported(project):
    """Whether every report of the stream is in the journal or in the spool."""
    held = project.bytes("events") + b"".join(project.spooled_bytes())
    return all(b'"%s"' % report.encode() in held for report in REPORTS)


def streamed(project):
    """Whether every report that was in the spool is in the journal, in its order."""
    told = [e["details"].get("message") for e in project.events() if e["event_type"] == "droid.self_report"]
    return [message for message in told if message in REPORTS] == REPORTS and not project.spooled()


def _batches(path, source):
    """A stream's reports in the spool, in two entries."""
    project = source.copy(path)
    with Scene("", None, ["task-progress"], locked=True).lock(project):
        project.must("task-progress", "1.1", "--stream", "--wait", "1ms", input=STREAM)
    assert len(project.spooled()) == 2, project.spooled()
    return project


def _damaged_lines(path, source):
    """A line that is none amid the others, no results, and a report that droid_status lacks."""
    project = source.copy(path)
    with open(f"{project.logs}/events.ndjson", "ab") as file:
        file.write(b"damage\n")
    project.must("task-progress", "1.1", "0.7")
    for stream in ("results", "droid_status"):
        os.truncate(f"{project.logs}/{stream}.ndjson", 0)
    return project


def in_order(project):
    """Whether track-verify finds nothing, and nothing of what was good is lost."""
    return project.run("track-verify", "-q").status == 0 and len(project.events()) >= 5 \
        and len(project.events("results")) == 2 and len(project.events("droid_status")) == 2


def mended(project):
    """Whether nothing of what was good is lost, and the rest is kept; a repair that was cut short is made again."""
    project.run("track-verify", "--repair", "-q")
    return project.run("track-verify", "-q").status == 0 and len(project.events()) >= 5 and len(project.events("results")) == 2


def sealed(project):
    """Whether a seal holds."""
    return b'"action": "seal"' in project.bytes("audit") and seals_hold(project)


def seals_hold(project):
    """Whether what is sealed, if anything, is as it was, also when it is sealed once more."""
    return project.run("track-sweep", "--seal", "-q").status == 0 and project.run("track-verify", "--seals", "-q").status == 0


def scenes():
    os.makedirs(f"{WORK}/fixtures")
    empty = Project(f"{WORK}/fixtures/empty")
    opened = _open(f"{WORK}/fixtures/open")
    torn = _torn(f"{WORK}/fixtures/torn", opened)
    lost = _lost(f"{WORK}/fixtures/lost", opened)
    rebooted = _rebooted(f"{WORK}/fixtures/rebooted", opened)
    damaged = _damaged(f"{WORK}/fixtures/damaged", opened)
    several = _several(f"{WORK}/fixtures/several", opened)
    trouble = _trouble(f"{WORK}/fixtures/trouble", opened)
    batches = _batches(f"{WORK}/fixtures/batches", opened)
    spoiled = _damaged_lines(f"{WORK}/fixtures/spoiled", opened)
    resealed = opened.copy(f"{WORK}/fixtures/resealed")
    resealed.must("track-sweep", "--seal")
    resealed.must("task-progress", "1.1", "0.7")
    ending = ["task-done", "1.1", "--set", f"note={MARK}"]
    return [
        Scene("start", opened, ["task-start", "3.1", MARK]),
        Scene("done", opened, ending),
        Scene("progress", opened, ["task-progress", "1.1", "0.5", MARK]),
        Scene("sweep", trouble, ["track-sweep", "-q"], done=swept, kept=swept),
        Scene("fail", opened, ["task-fail", "1.1", "--error", MARK]),
        Scene("first-start", empty, ["task-start", "3.1", MARK]),
        Scene("event", opened, ["track-event", "git.commit", "--sha", "a1b2c3d", "--message", MARK]),
        Scene("metrics", opened, ["track-metrics", "--record"], done=lambda p: b"performance.metrics" in p.bytes("performance")),
        Scene("heal", torn, ending, torn=1),
        Scene("rebuild", lost, ending),
        Scene("reboot", rebooted, ending, through='"discarded") = 0'),
        Scene("damaged", damaged, ending, kept=lambda p: ended(p, "1.2"), through='"discarded") = 0'),
        Scene("merge", trouble, ["task-progress", "1.1", "0.5", MARK], kept=swept),
        Scene("merge-several", several, ["task-start", "3.2", MARK], kept=merged),
        Scene("stream", opened, ["task-progress", "1.1", "--stream", "--json"], done=reported, input=STREAM),
        Scene("merge-stream", batches, ["task-start", "3.2", MARK], kept=streamed),
        Scene("spool", opened, [*ending, "--wait", "1ms"], locked=True),
        Scene("sweep-seal", opened, ["track-sweep", "--seal", "-q"], done=sealed, kept=seals_hold),
        Scene("sweep-reseal", resealed, ["track-sweep", "--seal", "-q"], done=lambda p: p.bytes("audit").count(b'"seal"') == 2, kept=seals_hold),
        Scene("repair", spoiled, ["track-verify", "--repair", "-q"], done=in_order, kept=mended, torn=1, again=True),
    ]


def calls(scene, kinds):
    """The system calls of a run without faults: (name, number among its name, whether it touches the project, line)."""
    project = scene.fixture.copy(f"{WORK}/dry-{scene.name}")
    log = f"{WORK}/dry-{scene.name}.strace"
    with scene.lock(project):
        ran = scene.run(project, strace(log, "-e", f"trace={kinds}"))
    assert ran.status == 0 and scene.done(project), f"{scene.name} without faults: {ran}"
    found, counts = [], {}
    with open(log, encoding="utf-8", errors="replace") as file:
        for line in file:
            name = line.split(" ", 1)[1].lstrip().split("(")[0]
            counts[name] = counts.get(name, 0) + 1
            ours = project.path in re.sub(r"AT_FDCWD<[^>]*>", "", line)
            found.append((name, counts[name], ours, line.rstrip()))
    project.remove()
    assert any(scene.through in line for _, _, _, line in found), f"{scene.name} does not go through {scene.through}"
    return found
