"""Disks that are full, out of inodes, append-only, read-only or broken, and a limit on file sizes.

Invariants 5, 6, 7, 8 and 9. Needs root: it mounts file systems of its own in a mount namespace of its own.
"""

import contextlib
import os
import subprocess

from harness import WORK, leave, not_run, run, tool, verdict
from mounts import enter_namespace, loop_image, mounted
from project import Project, failure_problems, recovery_problems


def fill(folder):
    """Takes what room is left."""
    with contextlib.suppress(OSError):
        with open(f"{folder}/filler", "wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
    with contextlib.suppress(OSError):
        with open(f"{folder}/crumbs", "wb", buffering=0) as file:
            while file.write(b"x" * 64):
                pass


def free(folder):
    for name in ("filler", "crumbs", "reserve"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{folder}/{name}")
    run(["sync", "-f", folder])


def until_refused(project, count=4000):
    """Reports until one is refused: the successes, the refusal, and what is wrong with it."""
    for i in range(count):
        ran = project.run("task-progress", "1.1", "-m", f"report-{i} " + "x" * 1500)
        if ran.status != 0:
            problems = failure_problems(ran, "task-progress")
            if ran.status != 74:
                problems.append(f"the refusal has status {ran.status}")
            if len(ran.err) > 300:
                problems.append(f"the refusal has {len(ran.err)} bytes")
            return i, problems
    return count, [f"{count} reports and no refusal"]


def full(name, mount):
    """Reports until the disk is full: the streams end in whole records, and all is well when there is room again."""
    with mount as folder:
        project = Project(f"{folder}/project")
        project.must("task-start", "1.1")
        with open(f"{folder}/reserve", "wb") as file:
            file.write(b"x" * 65536)
            os.fsync(file.fileno())
        done, problems = until_refused(project)
        for stream, data in project.all_bytes().items():
            if data and not data.endswith(b"\n"):
                problems.append(f"{stream} ends in a torn line")
        fill(folder)
        start = project.run("task-start", "1.2")
        problems += failure_problems(start, "task-start") or ([] if start.status else ["a start on a full disk succeeded"])
        free(folder)
        remaining = sum(1 for e in project.events() if e["event_type"] == "droid.self_report")
        if remaining < done:
            problems.append(f"{remaining} of {done} reports are left")
        problems += recovery_problems(project)
        verdict(f"full {name}", problems, f"{done} reports, then 74, no torn line, whole when there is room", 3, done)


def ballast(name, mount):
    """An ending on a full disk is recorded in the room kept for it."""
    with mount as folder:
        project = Project(f"{folder}/project")
        for task in ("1.0", "1.1", "1.2"):
            project.must("task-start", task)
        project.must("task-done", "1.0", "--set", "tests_run=1")
        fill(folder)
        # What failed before is finished first; that must not cost the ending.
        report = project.run("task-progress", "1.1", "-m", "x" * 2000, "--set", "a=" + "x" * 2000, "--set", "b=" + "x" * 2000)
        ended = project.run("task-fail", "1.1", "--error", "the disk is full " + "x" * 1900, "--set",
                            "a=" + "x" * 2000, "--set", "b=" + "x" * 2000)
        problems = [] if ended.status == 0 and not ended.err else [f"the ending: {ended}"]
        if report.status != 74:
            problems.append(f"a report on a full disk: {report}")
        if not any(e["event_type"] == "task.execution.completed" and e["task_id"] == "1.1" for e in project.events()):
            problems.append("the ending is not on record")
        if not any(e.get("action") == "log.space_low" for e in project.events("audit")):
            problems.append("the audit stream tells nothing of it")
        free(folder)
        problems += recovery_problems(project)
        if not os.path.getsize(f"{project.state}/ballast"):
            problems.append("the sweep did not make the ballast anew")
        verdict(f"ballast on {name}", problems, "an ending on a full disk: status 0, on record, told in audit")


def inodes():
    """No inode is left: starts are refused, what is open can be ended."""
    with mounted("tmpfs", "nr_inodes=40,size=4m") as folder:
        project = Project(f"{folder}/project")
        project.must("task-start", "0.1")
        project.must("task-done", "0.1", "--set", "tests_run=1")
        opened, problems = [], []
        for i in range(60):
            ran = project.run("task-start", f"1.{i}")
            if ran.status != 0:
                problems += failure_problems(ran, "task-start")
                break
            opened.append(f"1.{i}")
        for task in opened:
            ran = project.run("task-done", task)
            if ran.status != 0:
                problems.append(f"ending {task}: {ran}")
        run(["mount", "-o", "remount,nr_inodes=200", folder])
        problems += recovery_problems(project)
        verdict("no inodes", problems, f"{len(opened)} started, one refused, {len(opened)} ended", 3, len(opened))


def append_only():
    """`chattr +a`: everything works, a torn line is healed without being taken back."""
    with loop_image("ext4", 16) as folder:
        project = Project(f"{folder}/project")
        project.must("task-start", "1.0")
        project.must("task-progress", "1.0", "0.1")
        project.must("task-done", "1.0", "--set", "tests_run=1")
        project.must("track-event", "audit.recorded", "--action", "look")
        files = [f"{project.logs}/{name}" for name in os.listdir(project.logs) if name.endswith(".ndjson")]
        with open(f"{project.logs}/events.ndjson", "ab") as file:
            file.write(b'{"torn')
        flagged = run(["chattr", "+a", *files])
        if flagged.status != 0:
            return not_run("chattr +a", flagged.err.decode().strip())
        problems = []
        for command in (("task-start", "1.1"), ("task-progress", "1.1", "0.5"), ("task-done", "1.1", "--set", "x=1")):
            ran = project.run(*command)
            if ran.status != 0 or ran.err:
                problems.append(f"{command[0]}: {ran}")
        problems += recovery_problems(project, torn=1)
        if not any(e.get("action") == "log.recovered" for e in project.events("audit")):
            problems.append("the repair is not audited")
        run(["chattr", "-a", *files])
        verdict("append-only files", problems, f"{len(files)} files under chattr +a, a torn line healed and audited")


def read_only():
    """Remounted read-only: refused in one line; the ending can be repeated when it is writable again."""
    with loop_image("ext4", 16) as folder:
        project = Project(f"{folder}/project")
        project.must("task-start", "1.1")
        problems = []
        run(["mount", "-o", "remount,ro", folder])
        for command in (("task-progress", "1.1", "0.5"), ("task-done", "1.1"), ("task-start", "1.2"), ("track-sweep",)):
            ran = project.run(*command)
            if command[0] != "track-sweep" and ran.status not in (73, 74, 77):
                problems.append(f"{command[0]}: {ran}")
            problems += failure_problems(ran, command[0])
        run(["mount", "-o", "remount,rw", folder])
        project.must("task-done", "1.1")
        problems += recovery_problems(project)
        verdict("read-only remount", problems, "3 writers refused in one line, the ending recorded after it")


def broken():
    """A disk whose write-back fails: fdatasync tells, no acknowledged ending is lost."""
    with mounted("tmpfs", "size=6m") as small:
        with loop_image("ext4", 24, image=f"{small}/image") as folder:
            project = Project(f"{folder}/project")
            acked, problems, status = [], [], 0
            for i in range(3000):
                start = project.run("task-start", f"1.{i}", "x" * 1900)
                status = start.status or project.run("task-done", f"1.{i}", "--set", "note=" + "x" * 1900).status
                if status != 0:
                    break
                acked.append(start.out.decode().strip())
                if i == 20:
                    # Blocks of the file system that the tmpfs cannot hold.
                    fill_sparse(folder)
            if status not in (73, 74):
                problems.append(f"{len(acked)} endings, the last with status {status}")
            run(["mount", "-o", "remount,size=64m", small])
        with loop_image("ext4", 24, image=f"{small}/image", make=False) as folder:
            project = Project(f"{folder}/project")
            ended = {e["execution_id"] for e in project.events() if e["event_type"] == "task.execution.completed"}
            lost = [id for id in acked if id not in ended]
            problems += [f"{id} was acknowledged and is lost" for id in lost]
            free(folder)
            problems += recovery_problems(project, torn=5)
            verdict("real EIO", problems, f"{len(acked)} acknowledged endings, then {status}, 0 lost", 20, len(acked))


def fill_sparse(folder):
    with contextlib.suppress(OSError):
        with open(f"{folder}/filler", "wb", buffering=0) as file:
            for _ in range(10):
                file.write(os.urandom(1 << 20))
            os.fsync(file.fileno())


def size_limit():
    """`ulimit -f` in the middle of a line: the short write is taken back, the tool does not die of SIGXFSZ."""
    project = Project(f"{WORK}/limit")
    project.must("task-start", "1.1")
    project.must("task-progress", "1.1", "0.1")
    problems = []
    for more in (1, 24, 100, 300):
        size = os.path.getsize(f"{project.logs}/events.ndjson")
        before = project.bytes("events")
        ran = project.run("task-progress", "1.1", "-m", "x" * 1000, prefix=["prlimit", f"--fsize={size + more}"])
        if ran.status != 74:
            problems.append(f"{more} bytes left: {ran}")
        problems += failure_problems(ran, "task-progress")
        if project.bytes("events") != before:
            problems.append(f"{more} bytes left: the short write was not taken back")
        # What was noted in the ledger is true; the next writer brings it in.
        project.must("track-sweep")
    problems += recovery_problems(project)
    verdict("file size limit", problems, "4 short writes taken back, status 74, no SIGXFSZ")


def sync_once():
    """A sync that fails is told, and is not tried again on that descriptor."""
    project = Project(f"{WORK}/sync")
    project.must("task-start", "1.1")
    log = f"{WORK}/sync.strace"
    ran = project.run("task-done", "1.1", prefix=["strace", "-f", "-y", "-o", log, "-e", "trace=fdatasync",
                                                  "-e", "inject=fdatasync:error=EIO:when=1+"])
    with open(log) as file:
        syncs = sum("fdatasync" in line for line in file)
    problems = failure_problems(ran, "task-done")
    if ran.status != 74 or syncs != 1:
        problems.append(f"status {ran.status} after {syncs} syncs")
    problems += recovery_problems(project)
    verdict("failed sync", problems, "status 74 after exactly one fdatasync")


def names_synced():
    """The name of a new stream is durable before anything in it is: also of one whose creator died before it was."""
    project = Project(f"{WORK}/names")
    os.makedirs(project.logs)
    os.mkdir(project.state)
    problems, log = [], f"{WORK}/names.strace"
    traced = ["strace", "-f", "-y", "-o", log, "-P", project.logs, "-e", "trace=fsync"]
    # An event that is not synced itself; whoever syncs what comes after it finds the file there.
    event = ("track-event", "git.commit", "--sha", "a1b2c3d", "--message", "first")
    for inject, expected in (("signal=KILL", None), ("error=EIO", 74), ("", 0)):
        ran = project.run(*event, prefix=[*traced, *(["-e", f"inject=fsync:{inject}:when=1"] if inject else [])])
        with open(log) as file:
            synced = "fsync(" in file.read()
        if not synced or os.path.getsize(f"{project.logs}/events.ndjson") and inject or expected not in (None, ran.status):
            problems.append(f"{inject or 'no fault'}: {'synced' if synced else 'not synced'}, {ran}")
    problems += recovery_problems(project)
    verdict("names of new streams", problems, "3 writers of an empty stream each sync the directory before they write")


size_limit()
sync_once()
names_synced()
if enter_namespace():
    full("tmpfs of 256 KiB", mounted("tmpfs", "size=256k"))
    full("ext4 of 1 MiB", loop_image("ext4", 1))
    ballast("tmpfs of 512 KiB", mounted("tmpfs", "size=512k"))
    ballast("ext4 of 4 MiB", loop_image("ext4", 4))
    inodes()
    append_only()
    read_only()
    broken()
else:
    not_run("disks", "mounting needs root")
leave()
