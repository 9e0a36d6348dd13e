"""Cuts the power under load: ext4 and xfs shut down in the middle of writes, then a new boot.

Invariant 1: what was acknowledged before the cut is on disk after it. An acknowledgement counts only when it was noted
before the cut. Every other cut flushes the file system's own journal first, which leaves tails of NUL bytes.
Needs root, and runs in a mount namespace of its own.
"""

import contextlib
import os
import shutil
import subprocess
import threading
import time
import uuid

from harness import LONG, WORK, leave, not_run, run, tool, verdict
from mounts import enter_namespace, make_image, unmount
from project import Project, recovery_problems

BOOT_ID = "/proc/sys/kernel/random/boot_id"
WRITERS = 4


def boot():
    """A new boot id, as a restart would bring one."""
    path = f"{WORK}/boot-id"
    run(["umount", BOOT_ID])
    with open(path, "w") as file:
        file.write(f"{uuid.uuid4()}\n")
    return run(["mount", "--bind", path, BOOT_ID]).status == 0


class Load:
    """Writers that start and end executions, and what they were told was done."""

    def __init__(self, project, round):
        self.project, self.round = project, round
        self.started, self.ended = [], []
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.work, args=(n,)) for n in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def call(self, *argv):
        ran = subprocess.run([tool(argv[0]), "--project", self.project.path, *argv[1:]], capture_output=True,
                             stdin=subprocess.DEVNULL, cwd="/", env=self.project.environment())
        return ran.stdout.decode().strip() if ran.returncode == 0 else None

    def work(self, n):
        i = 0
        while not self.stop.is_set():
            i += 1
            id = self.call("task-start", f"{self.round}.{n}.{i}")
            if id:
                with self.lock:
                    self.started.append(id)
                self.call("task-progress", "--execution", id, "-m", "x" * (i % 7 * 300))
                if self.call("task-done", "--execution", id, "--set", f"note={i}") is not None:
                    with self.lock:
                        self.ended.append(id)

    def acknowledged(self):
        with self.lock:
            return list(self.started), list(self.ended)

    def join(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()


@contextlib.contextmanager
def mounted(kind, image, folder):
    ran = run(["mount", "-t", kind, "-o", "loop", image, folder])
    if ran.status != 0:
        raise AssertionError(f"mount after the cut: {ran}")
    try:
        yield
    finally:
        unmount(folder)


def lost(project, started, ended):
    """What was acknowledged and is not in the journal."""
    events = project.events()
    have = {(e["event_type"], e["execution_id"]) for e in events if e.get("execution_id")}
    results = {e["execution_id"] for e in project.events("results") if e["event_type"] == "task.result"}
    problems = [f"start of {id} is lost" for id in started if ("task.execution.started", id) not in have]
    problems += [f"ending of {id} is lost" for id in ended if ("task.execution.completed", id) not in have]
    return problems + [f"result of {id} is lost" for id in ended if id not in results]


def cuts(kind, count, configuration=""):
    """The number of acknowledgements, what was lost of them and what else is wrong, and the torn lines."""
    image, folder = f"{WORK}/{kind}.image", f"{WORK}/{kind}"
    os.makedirs(folder, exist_ok=True)
    make_image(kind, 320 if kind == "xfs" else 64, image)
    problems, acknowledged, torn = [], 0, 0
    project = Project.at(f"{folder}/project")
    for round in range(count):
        with mounted(kind, image, folder):
            boot()
            os.makedirs(project.path, exist_ok=True)
            with open(f"{project.path}/droid-forge.yaml", "w") as file:
                file.write(configuration)
            run(["sync", "-f", folder])
            load = Load(project, round)
            time.sleep(0.25 + (round % 5) * 0.07)
            started, ended = load.acknowledged()
            cut = run(["xfs_io", "-x", "-c", "shutdown -f" if round % 2 else "shutdown", folder])
            load.join()
            assert cut.status == 0, f"shutdown: {cut}"
        with mounted(kind, image, folder):
            boot()
            acknowledged += len(started) + len(ended)
            problems += [f"cut {round}: {problem}" for problem in lost(project, started, ended)]
            torn = sum(event is None for stream in ("events", "droid_status", "results", "audit")
                       for event, _ in project.lines(stream))
            problems += [f"cut {round}: {problem}" for problem in recovery_problems(project, torn=4 * (round + 1))]
        if problems:
            break
    os.unlink(image)
    return acknowledged, problems, torn


def durable(kind, count):
    acknowledged, problems, torn = cuts(kind, count)
    verdict(f"power cuts on {kind}", problems,
            f"{count} cuts, {acknowledged} acknowledged starts and endings, 0 lost, {torn} torn lines",
            1500 if LONG else 50, acknowledged)


def control():
    """Without syncs a cut must cost something, or this harness sees nothing."""
    acknowledged, problems, _ = cuts("ext4", 3, "performance:\n  execution_tracking:\n    durability: none\n")
    missing = sum("is lost" in problem and "result" not in problem for problem in problems)
    verdict("the same cut with durability none", [] if missing else ["nothing was lost: the cuts cut nothing"],
            f"{missing} of {acknowledged} acknowledgements lost, as must be")


if not enter_namespace():
    not_run("power cuts", "mounting needs root")
elif not shutil.which("xfs_io"):
    not_run("power cuts", "xfs_io (xfsprogs) is not installed")
elif not boot():
    not_run("power cuts", "a boot id of our own cannot be mounted")
else:
    durable("ext4", 60 if LONG else 6)
    durable("xfs", 60 if LONG else 4)
    control()
leave()
