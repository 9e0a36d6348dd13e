"""Hostile surroundings: other things than files at every path we open, open modes, closed descriptors.

Invariants 31 and 32. Whatever stands in a path's place: no tool hangs, nothing outside is written, and what is not
recorded is refused in one line.
"""

import glob
import os
import shutil
import socket
import stat
import subprocess
import time

from harness import WORK, each, leave, verdict
from project import STREAMS, Project, failure_problems, recovery_problems, whole_problems

MARK = "mark-71c2"
OUTSIDE = b'{"outside": true}\n'
LIMIT = 1.0
NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]

COMMANDS = (
    ("task-start", "1.2", MARK),
    ("task-progress", "1.1", "-m", MARK),
    ("task-done", "1.1", "--set", f"note={MARK}"),
    ("track-sweep", "-q"),
)


def paths(project):
    """Every path that the tools open, as seen from the project."""
    ledger = os.path.basename(glob.glob(f"{project.state}/ledger-*")[0])
    record = os.listdir(f"{project.state}/{ledger}/open")[0]
    logs, state = ".droid-forge/logs", ".droid-forge/logs/.state"
    return [
        "droid-forge.yaml", ".factory/current_execution.json", ".droid-forge", ".droid-forge/.gitignore", logs, state,
        *(f"{logs}/{stream}.ndjson" for stream in STREAMS),
        *(f"{state}/{name}" for name in ("journal.lock", "sweep.lock", "swept", "ballast", "spool", "spool/new", "spool/tmp",
                                         "spool/new/00000000000000001-0", ledger)),
        *(f"{state}/{ledger}/{name}" for name in ("open", "closed", "whole", f"open/{record}")),
    ]


def place(kind, path, outside):
    """Puts a thing of `kind` where `path` was."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.unlink(path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if kind == "link":
        os.symlink(f"{outside}/file", path)
    elif kind == "link to a directory":
        os.symlink(f"{outside}/directory", path)
    elif kind == "dangling link":
        os.symlink(f"{outside}/nothing", path)
    elif kind == "hard link":
        os.link(f"{outside}/file", path)
    elif kind == "FIFO":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as end:
            cwd = os.open(os.path.dirname(path), os.O_RDONLY)
            end.bind(f"/proc/self/fd/{cwd}/{os.path.basename(path)}")
            os.close(cwd)
    elif kind == "device":
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    elif kind == "directory":
        os.makedirs(path)


KINDS = ["link", "link to a directory", "dangling link", "hard link", "FIFO", "socket", "directory"]
if os.geteuid() == 0:
    KINDS.append("device")


def attempt(case):
    number, fixture, path, kind = case
    outside = f"{WORK}/outside-{number}"
    os.makedirs(f"{outside}/directory")
    with open(f"{outside}/file", "wb") as file:
        file.write(OUTSIDE)
    problems, slowest = [], 0.0
    for command in COMMANDS:
        project = fixture.copy(f"{WORK}/at-{number}-{command[0]}")
        place(kind, f"{project.path}/{path}", outside)
        began = time.monotonic()
        try:
            ran = project.run(*command, timeout=10)
        except subprocess.TimeoutExpired:
            problems.append(f"{kind} at {path}: {command[0]} hangs")
            continue
        slowest = max(slowest, time.monotonic() - began)
        problems += [f"{kind} at {path}: {command[0]}: {p}" for p in failure_problems(ran, command[0])]
        if ran.status == 0 and command[0] != "track-sweep" and not recorded(project):
            problems.append(f"{kind} at {path}: {command[0]} tells success and recorded nothing")
        shutil.rmtree(project.path)
    with open(f"{outside}/file", "rb") as file:
        if file.read() != OUTSIDE or sorted(os.listdir(outside)) != ["directory", "file"] or os.listdir(f"{outside}/directory"):
            problems.append(f"{kind} at {path}: something outside was written")
    shutil.rmtree(outside)
    return problems, slowest


def recorded(project):
    """Whether the event stands in the project's own regular file, or in its spool."""
    try:
        return MARK.encode() in project.bytes("events") or project.is_spooled(MARK.encode())
    except OSError:
        return False


def odd_files():
    project = Project(f"{WORK}/fixture")
    project.must("task-start", "1.0")
    project.must("task-progress", "1.0", "0.5")
    project.must("task-done", "1.0", "--set", "tests_run=1")
    project.must("task-start", "1.1")
    project.must("track-event", "audit.recorded", "--action", "look")
    project.must("track-sweep")
    cases = [(path, kind) for path in paths(project) for kind in KINDS
             if (kind, path) != ("hard link", "droid-forge.yaml")]
    results = each(attempt, [(n, project, path, kind) for n, (path, kind) in enumerate(cases)])
    problems = [problem for found, _ in results for problem in found]
    slowest = max(time for _, time in results)
    if slowest > LIMIT:
        problems.append(f"the slowest took {slowest:.2f} s")
    verdict("odd things at our paths", problems,
            f"{len(cases) * len(COMMANDS)} calls, {len(KINDS)} kinds at {len(cases) // len(KINDS) + 1} paths, "
            f"nothing written outside, slowest {slowest * 1000:.0f} ms", 100, len(cases))


def modes():
    """Files are 0600 and directories 0700 whatever the umask, also for a user who needs the bits, as root does not."""
    problems, count = [], 0
    nobody = os.geteuid() == 0 and shutil.which("setpriv")
    for folder in (os.path.dirname(WORK), WORK) if nobody else ():
        os.chmod(folder, 0o711)
    for mask in (0o000, 0o777, 0o277):
        project = Project(f"{WORK}/umask-{mask:o}")
        if nobody:
            for path in (project.path, f"{project.path}/droid-forge.yaml", f"{project.path}/home"):
                os.chown(path, 65534, 65534)
        for command in COMMANDS[:1] + (("task-progress", "1.2", "0.5"), ("task-done", "1.2", "--set", "x=1"), ("track-sweep",),
                                       ("track-event", "audit.recorded", "--action", "look")):
            ran = project.run(*command, umask=mask, prefix=NOBODY if nobody else ())
            if ran.status != 0:
                problems.append(f"umask {mask:03o}: {command[0]}: {ran}")
        for folder, folders, files in os.walk(f"{project.path}/.droid-forge"):
            for name, wanted in [(n, 0o700) for n in folders] + [(n, 0o600) for n in files]:
                count += 1
                mode = stat.S_IMODE(os.stat(f"{folder}/{name}").st_mode)
                if mode != wanted:
                    problems.append(f"umask {mask:03o}: {name} has mode {mode:04o}")
    verdict("modes under umask 000, 277 and 777", problems, f"{count} files and directories, none for others", 30, count)


def closed_descriptors():
    """Descriptors 0 to 2 closed, each and all: nothing but events goes into the journal."""
    problems = []
    project = Project(f"{WORK}/closed")
    for number, redirection in enumerate(("<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-")):
        for command in (f"task-start 1.{number}", f"task-progress 1.{number} 2.0", f"task-progress 1.{number} 0.5", f"task-done 1.{number}"):
            script = f'exec "$TOOLS"/{command} {redirection}'
            subprocess.run(["sh", "-c", script], cwd=project.path, env=project.environment(TOOLS=os.environ["TOOLS"]),
                           capture_output=True, check=False)
    events = project.events()
    ended = sum(e["event_type"] == "task.execution.completed" for e in events)
    if ended != 6:
        problems.append(f"{ended} of 6 executions ended")
    problems += whole_problems(project) + recovery_problems(project)
    verdict("closed descriptors", problems, f"6 ways of closing, {len(events)} lines, all events", 6, ended)


def writable_by_others():
    """Directories that others can write to are refused; one they cannot is not."""
    problems = []
    for mode, refused in ((0o700, False), (0o755, False), (0o770, False), (0o777, True), (0o1777, False), (0o702, True)):
        project = Project(f"{WORK}/mode-{mode:o}")
        project.must("task-start", "1.1")
        os.chmod(project.logs, mode)
        ran = project.run("task-done", "1.1")
        if (ran.status == 77) != refused or (ran.status == 0) == refused:
            problems.append(f"a log directory of mode {mode:04o}: {ran}")
        if stat.S_IMODE(os.stat(project.logs).st_mode) != mode:
            problems.append(f"the mode {mode:04o} was changed")
    verdict("directories others can write to", problems, "2 of 6 modes refused with 77, none changed")


def foreign_owner():
    """A log directory of another user is refused to all but root; a foreign file in ours is refused, too."""
    project = Project(f"{WORK}/foreign")
    project.must("task-start", "1.1")
    problems = []
    for folder in (os.path.dirname(WORK), WORK):
        os.chmod(folder, 0o711)
    os.chmod(project.path, 0o755)
    os.chown(project.logs, 65533, 65533)
    ran = project.run("task-done", "1.1", prefix=NOBODY)
    if ran.status not in (73, 77):
        problems.append(f"a foreign log directory: {ran}")
    os.chown(project.logs, 0, 0)
    os.chown(f"{project.logs}/events.ndjson", 65533, 65533)
    ran = project.run("task-done", "1.1")
    if ran.status != 77:
        problems.append(f"a foreign events.ndjson: {ran}")
    os.chown(f"{project.logs}/events.ndjson", 0, 0)
    problems += recovery_problems(project)
    verdict("foreign owners", problems, "a foreign directory and a foreign file refused")


def foreign_configuration():
    """A configuration that another user wrote keeps working, but does not move the journal out of its project."""
    elsewhere = f"{WORK}/elsewhere"
    os.makedirs(elsewhere)
    problems, tried = [], 0
    for directory, arguments, status in ((elsewhere, (), 78), (f"{elsewhere}/../elsewhere", (), 78), ("var/log", (), 0),
                                         ("{root}/var/log", (), 0), ("{root}/../elsewhere", (), 78), ("{root}/link", (), 73),
                                         (elsewhere, ("--config", "droid-forge.yaml"), 0)):
        root = f"{WORK}/stranger-{tried}"
        project = Project(root, f"logging: {{directory: {directory.format(root=root)}}}\n")
        os.symlink(elsewhere, f"{root}/link")
        for path in (root, f"{root}/droid-forge.yaml"):
            os.chown(path, 65533, 65533)
        ran = project.run("task-start", "1.1", *arguments)
        tried += 1
        if ran.status != status or ran.err.count(b"\n") != (1 if status else 0):
            problems.append(f"{directory}: {ran}")
        if bool(os.listdir(elsewhere)) != bool(arguments):
            problems.append(f"{directory}: {os.listdir(elsewhere)} outside of the project")
    verdict("foreign configuration", problems, "7 directories, none out of the project but by --config", 7, tried)


def outside_any_project():
    """Work in a directory of no project is recorded in the user's state, and found again from there."""
    folder = f"{WORK}/nowhere"
    os.makedirs(folder)
    project = Project.at(folder)
    environment = project.environment(HOME=f"{WORK}/nowhere-home")
    os.makedirs(f"{WORK}/nowhere-home")
    start = project.run("task-start", "1.1", env=environment)
    end = project.run("task-done", "1.1", env=environment)
    streams = glob.glob(f"{WORK}/nowhere-home/.local/state/droid-forge/nowhere-*/.droid-forge/logs/events.ndjson")
    problems = [str(ran) for ran in (start, end) if ran.status != 0]
    if len(streams) != 1 or os.listdir(folder):
        problems.append(f"journals: {streams}, in the directory: {os.listdir(folder)}")
    verdict("outside any project", problems, "start and ending recorded in the user's state")


odd_files()
modes()
closed_descriptors()
writable_by_others()
if os.geteuid() == 0 and shutil.which("setpriv"):
    foreign_owner()
    foreign_configuration()
outside_any_project()
leave()
