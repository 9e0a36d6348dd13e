"""A project under test: its tools, its streams, its ledger, and what must hold of them."""

import json
import os
import shutil
import subprocess

from harness import Ran, run, tool

STREAMS = ("events", "droid_status", "results", "performance", "audit")
STATUSES = {0, 1, 64, 65, 66, 69, 70, 73, 74, 75, 77, 78}
ENDINGS = ("task.execution.completed", "task.execution.abandoned")


class Project:
    def __init__(self, path, configuration=""):
        self.path = str(path)
        self.logs = f"{self.path}/.droid-forge/logs"
        self.state = f"{self.logs}/.state"
        if not os.path.isdir(self.path):
            os.makedirs(f"{self.path}/home")
            with open(f"{self.path}/droid-forge.yaml", "w") as file:
                file.write(configuration)

    @classmethod
    def at(cls, path):
        """The project at a path where there is nothing yet."""
        project = cls.__new__(cls)
        project.path, project.logs = path, f"{path}/.droid-forge/logs"
        project.state = f"{project.logs}/.state"
        return project

    def copy(self, path):
        shutil.copytree(self.path, path, symlinks=True)
        return Project(path)

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)

    def environment(self, **variables):
        return {"PATH": "/usr/bin:/bin", "HOME": f"{self.path}/home", "LC_ALL": "C.UTF-8", **variables}

    def run(self, name, *arguments, prefix=(), env=None, **options):
        """Runs a tool in the project."""
        options.setdefault("cwd", self.path)
        return run([*prefix, tool(name), *arguments], env=env or self.environment(), **options)

    def must(self, name, *arguments, **options):
        """Runs a tool that is to succeed; returns what it printed."""
        ran = self.run(name, *arguments, **options)
        if ran.status != 0:
            raise AssertionError(f"{name} {' '.join(arguments)}: {ran}")
        return ran.out.decode().strip()

    def bytes(self, stream):
        try:
            with open(f"{self.logs}/{stream}.ndjson", "rb") as file:
                return file.read()
        except FileNotFoundError:
            return b""

    def all_bytes(self):
        return {stream: self.bytes(stream) for stream in STREAMS}

    def lines(self, stream):
        """The stream's lines: (event or None where the line does not parse, bytes); a torn tail is one of them."""
        found = []
        for line in self.bytes(stream).split(b"\n"):
            if not line:
                continue
            try:
                event = json.loads(line.decode("utf-8"))
                found.append((event if isinstance(event, dict) else None, line))
            except ValueError:
                found.append((None, line))
        return found

    def events(self, stream="events"):
        return [event for event, _ in self.lines(stream) if event is not None]

    def holds(self, marker):
        """Whether a stream or the spool holds the bytes of an event."""
        marker = marker.encode()
        return any(marker in self.bytes(stream) for stream in STREAMS) or self.is_spooled(marker)

    def is_spooled(self, marker):
        return any(marker in entry for entry in self.spooled_bytes())

    def spooled_bytes(self):
        """What the entries of the spool hold."""
        for name in self.spooled():
            with open(f"{self.state}/spool/new/{name}", "rb") as file:
                yield file.read()

    def spooled(self):
        folder = f"{self.state}/spool/new"
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

    def ledger(self):
        """The state of every record: (side, execution id) -> word."""
        records = {}
        if not os.path.isdir(self.state):
            return records
        for ledger in os.listdir(self.state):
            if not ledger.startswith("ledger-"):
                continue
            for side in ("open", "closed"):
                folder = f"{self.state}/{ledger}/{side}"
                for name in os.listdir(folder) if os.path.isdir(folder) else ():
                    if name.startswith("."):
                        continue
                    with open(f"{folder}/{name}", "rb") as file:
                        head = file.read(64)
                    records[(side, name)] = head.split(b" ")[0].decode("latin-1")
        return records


def failure_problems(ran, name, lines=1):
    """What is wrong with how a tool told of its failure, in at most so many lines."""
    problems = []
    if ran.status not in STATUSES:
        problems.append(f"left with {ran.status}, which is none of ours")
    told = ran.err.splitlines()
    if ran.status != 0 and not (1 <= len(told) <= lines and all(line.startswith(name.encode() + b": cannot ") for line in told)):
        problems.append(f"status {ran.status} without its one line: {ran.err[:300]!r}")
    return problems


def line_problems(project, torn=0):
    """Lines that are no events, beyond the `torn` ones that a dead writer may leave."""
    bad = [(stream, line) for stream in STREAMS for event, line in project.lines(stream) if event is None]
    return [f"{len(bad)} lines do not parse: {stream}: {line[:120]!r}" for stream, line in bad[:1]] if len(bad) > torn else []


def whole_problems(project, torn=0, duplicates=False):
    """What keeps the journal from being whole after a sweep: streams, endings and ledger must tell the same."""
    problems = line_problems(project, torn)
    for stream in STREAMS:
        data = project.bytes(stream)
        # A torn line at the end stays until the stream's next writer closes it off.
        if data and not data.endswith(b"\n") and not torn:
            problems.append(f"{stream} ends in a torn line")
    events = project.events()
    problems += pairing_problems(events, project, duplicates)
    started = {e["execution_id"] for e in events if e["event_type"] == "task.execution.started"}
    ended, ending_problems = endings(events)
    problems += ending_problems
    problems += [f"{id} ended without a start" for id in ended - started]
    return problems + ledger_problems(project, started, ended)


def pairing_problems(events, project, duplicates):
    problems = []
    for stream, other, kind in (
        ("results", "task.result", "task.execution.completed"),
        ("droid_status", "droid.self_report", "droid.self_report"),
    ):
        here = [e["event_id"] for e in events if e["event_type"] == kind]
        there = [e["event_id"] for e in project.events(stream) if e["event_type"] == other]
        if set(here) != set(there):
            problems.append(f"events and {stream} differ by {len(set(here) ^ set(there))} event ids")
        if not duplicates and (len(here) != len(set(here)) or len(there) != len(set(there))):
            problems.append(f"an event stands twice in events or {stream}")
    return problems


def endings(events):
    """The executions that have ended, and those that ended in a way they may not."""
    by_execution = {}
    for event in events:
        if event["event_type"] in ENDINGS:
            by_execution.setdefault(event["execution_id"], {})[event["event_id"]] = event
    problems = []
    for id, found in by_execution.items():
        kinds = sorted(e["event_type"].rsplit(".", 1)[1] for e in found.values())
        late = [e for e in found.values() if e.get("details", {}).get("late")]
        if kinds not in (["completed"], ["abandoned"]) and not (kinds == ["abandoned", "completed"] and len(late) == 1):
            problems.append(f"{id} has the endings {kinds}, {len(late)} late")
    return set(by_execution), problems


def ledger_problems(project, started, ended):
    problems = []
    records = project.ledger()
    pending = {key: state for key, state in records.items() if state not in ("open", "closed")}
    if pending:
        problems.append(f"pending records: {pending}")
    opened = {id for (side, id) in records if side == "open"}
    closed = {id for (side, id) in records if side == "closed"}
    if opened != started - ended:
        problems.append(f"open in the ledger {sorted(opened)}, in the journal {sorted(started - ended)}")
    if closed != ended & started:
        problems.append(f"closed in the ledger {sorted(closed)}, in the journal {sorted(ended & started)}")
    if project.spooled():
        problems.append(f"{len(project.spooled())} entries are left in the spool")
    return problems


def recovery_problems(project, torn=0, duplicates=False):
    """After whatever happened: the next append works, one sweep makes it whole, a second one writes nothing."""
    problems = line_problems(project, torn)
    ran = project.run("task-start", "next", "the next append")
    if ran.status != 0 or b"the next append" not in project.bytes("events"):
        problems.append(f"the next append: {ran}")
    ran = project.run("track-sweep")
    if ran.status != 0 or ran.err:
        problems.append(f"the sweep: {ran}")
    problems += whole_problems(project, torn, duplicates)
    before = project.all_bytes()
    ran = project.run("track-sweep")
    if ran.status != 0 or ran.out or project.all_bytes() != before:
        problems.append(f"a second sweep did something: {ran}")
    return problems


def dead_pid():
    """The pid of a process that has died."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


__all__ = ["Ran", "Project"]
