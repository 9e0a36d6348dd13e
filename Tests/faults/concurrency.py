"""Many writers, killed writers, parallel sweeps, foreign renames and removals under load.

Invariants 10, 11, 13 (the foreign part) and 17.
"""

import glob
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time

from harness import LONG, WORK, leave, tool, verdict
from project import STREAMS, Project, line_problems, recovery_problems, whole_problems

QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Writers:
    """Threads that run tools one after the other and remember which of them reported success."""

    def __init__(self, project, count):
        self.project, self.count = project, count
        self.acked, self.failed, self.waits = [], [], []
        self.lock = threading.Lock()
        self.threads = []

    def call(self, marker, *argv, after=None):
        """Runs a tool; kills it `after` seconds when told to."""
        began = time.monotonic()
        process = subprocess.Popen([tool(argv[0]), *argv[1:]], cwd=self.project.path,
                                   env=self.project.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        if after is not None:
            time.sleep(after)
            process.kill()
        out, err = process.communicate()
        with self.lock:
            self.waits.append(time.monotonic() - began)
            if process.returncode == 0:
                self.acked.append(marker)
            elif process.returncode != -signal.SIGKILL:
                self.failed.append(f"{' '.join(argv)}: status {process.returncode}, {err[:200]!r}")
        return process.returncode, out.decode().strip()

    def start(self, work):
        self.threads = [threading.Thread(target=work, args=(self, n)) for n in range(self.count)]
        for thread in self.threads:
            thread.start()

    def join(self):
        for thread in self.threads:
            thread.join()

    @property
    def running(self):
        return any(thread.is_alive() for thread in self.threads)


def messages(project, files=("events.ndjson",)):
    """The messages of the self-reports in the order of the files and their lines."""
    found = []
    for file in files:
        with open(f"{project.logs}/{file}", "rb") as lines:
            for line in lines:
                event = json.loads(line)
                if event["event_type"] == "droid.self_report":
                    found.append((event["event_id"], event["details"].get("message", "").split(" ")[0]))
    return found


def many_writers():
    """32 writers, messages of 10 bytes to 2 KiB: the count exact, each writer's own order kept."""
    rounds = 300 if LONG else 20
    project = Project(f"{WORK}/writers")
    project.must("task-start", "1.1")

    def work(writers, n):
        for i in range(rounds):
            text = f"w{n}-{i} " + "x" * (10, 200, 900, 2000)[(n + i) % 4]
            writers.call(f"w{n}-{i}", "task-progress", "1.1", "-m", text)

    writers = Writers(project, 32)
    began = time.monotonic()
    writers.start(work)
    writers.join()
    took = time.monotonic() - began
    project.must("track-sweep")
    found = [message for _, message in messages(project)]
    problems = writers.failed + line_problems(project) + whole_problems(project)
    if sorted(found) != sorted(writers.acked) or len(found) != 32 * rounds:
        problems.append(f"{len(found)} reports for {len(writers.acked)} successes")
    for n in range(32):
        own = [int(m.split("-")[1]) for m in found if m.startswith(f"w{n}-")]
        if own != sorted(own):
            problems.append(f"writer {n}'s reports are out of order")
    worst = max(writers.waits)
    if worst > 5:
        problems.append(f"one took {worst:.2f} s")
    verdict("32 writers", problems,
            f"{len(found)} of {32 * rounds} once each and in order, {len(found) / took:.0f} processes/s, slowest {worst * 1000:.0f} ms",
            32 * rounds, len(found))


def kill_storm():
    """24 writers, 7 in 10 calls killed: torn lines only where somebody was killed, every success on record."""
    seconds = 15 if LONG else 5
    project = Project(f"{WORK}/storm")
    kills = []
    # Lines of up to 40 KB: the kernel can tear a write at a page's end.
    long = [part for i in range(20) for part in ("--set", f"k{i}=" + "x" * 1900)]

    def work(writers, n):
        dice, i = random.Random(n), 0
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            i += 1
            after = dice.uniform(0, 0.03) if dice.random() < 0.7 else None
            task = f"{n}.{i // 3}"
            argv = (("task-start", task, f"s{n}-{i}", "--new"), ("task-progress", task, "-m", f"s{n}-{i} " + "x" * 1900),
                    ("task-done", task, "--set", f"note=s{n}-{i}", *(long if n % 2 else ())))[i % 3]
            status, _ = writers.call(f"s{n}-{i}", *argv, after=after)
            if status == -signal.SIGKILL:
                kills.append(1)

    writers = Writers(project, 24)
    writers.start(work)
    writers.join()
    # An ending or report whose start was killed has nothing to end; several starts make a choice impossible.
    failed = [f for f in writers.failed if "status 66" not in f and "status 65" not in f]
    torn = sum(event is None for stream in STREAMS for event, _ in project.lines(stream))
    problems = failed + recovery_problems(project, torn=len(kills))
    text = b"".join(project.all_bytes().values()).decode("utf-8", "replace")
    problems += [f"{m} was acknowledged and is not on record" for m in writers.acked
                 if f'"{m}"' not in text and f'"{m} x' not in text]
    verdict("kill storm of 24 writers", problems,
            f"{len(kills)} kills, {torn} torn lines, {len(writers.acked)} successes, all on record", 50, len(kills))


def parallel_sweeps():
    """20 sweeps and the owners' late endings at once: one ending each, or an abandonment and one late ending."""
    count = 60 if LONG else 30
    project = Project(f"{WORK}/sweeps")
    owner = subprocess.Popen(["sleep", "600"], **QUIET)
    ids = [project.must("task-start", f"1.{i}", "--owner-pid", str(owner.pid)) for i in range(count)]
    owner.kill()
    owner.wait()
    writers = Writers(project, 20 + count)

    def work(writers, n):
        if n < 20:
            writers.call(f"sweep {n}", "track-sweep", "-q")
        else:
            time.sleep((n % 7) * 0.004)
            writers.call(ids[n - 20], "task-done", "--execution", ids[n - 20])

    writers.start(work)
    writers.join()
    problems = writers.failed + recovery_problems(project)
    events = project.events()
    late = sum(1 for e in events if e.get("details", {}).get("late"))
    abandoned = sum(1 for e in events if e["event_type"] == "task.execution.abandoned")
    done = {e["execution_id"] for e in events if e["event_type"] == "task.execution.completed"}
    if done != set(ids):
        problems.append(f"{len(done)} of {count} acknowledged endings are on record")
    if late != abandoned:
        problems.append(f"{abandoned} abandoned, {late} late")
    verdict("20 sweeps racing with endings", problems,
            f"{count} executions, {abandoned} abandoned then ended late, none twice", count, len(done))


def reporters(project, count, until):
    """Writers that report until told to stop."""

    def work(writers, n):
        i = 0
        while not until.is_set():
            writers.call(f"r{n}-{i}", "task-progress", "1.1", "-m", f"r{n}-{i}")
            i += 1

    writers = Writers(project, count)
    writers.start(work)
    return writers


def foreign_renames():
    """400 renames of events.ndjson by somebody who knows no lock: nothing lost, repeats have one event id."""
    project = Project(f"{WORK}/renames")
    project.must("task-start", "1.1")
    until = threading.Event()
    writers = reporters(project, 8, until)
    renamed = 0
    deadline = time.monotonic() + 120
    while renamed < 400 and time.monotonic() < deadline:
        try:
            os.rename(f"{project.logs}/events.ndjson", f"{project.logs}/events-{renamed:04}.ndjson")
            renamed += 1
        except FileNotFoundError:
            pass
        time.sleep(0.004)
    until.set()
    writers.join()
    project.run("track-sweep")
    files = sorted(os.path.basename(path) for path in glob.glob(f"{project.logs}/events*.ndjson"))
    found = messages(project, files)
    by_id = dict(found)
    problems = list(writers.failed)
    if sorted(by_id.values()) != sorted(writers.acked):
        lost = set(writers.acked) - set(by_id.values())
        problems.append(f"{len(writers.acked)} acknowledged, {len(by_id)} found, lost {sorted(lost)[:5]}")
    verdict("foreign renames under load", problems,
            f"{renamed} renames, {len(writers.acked)} reports, 0 lost, {len(found) - len(by_id)} repeats of one id", 400, renamed)


def lock_removed():
    """`rm journal.lock` under load."""
    project = Project(f"{WORK}/rmlock")
    project.must("task-start", "1.1")
    until = threading.Event()
    writers = reporters(project, 8, until)
    for _ in range(150):
        os.unlink(f"{project.state}/journal.lock") if os.path.exists(f"{project.state}/journal.lock") else None
        time.sleep(0.01)
    until.set()
    writers.join()
    # Who takes the new lock while the old one is held may finish what its holder is about to write: a line twice, one id.
    problems = writers.failed + recovery_problems(project, duplicates=True)
    found = messages(project)
    once = sorted(dict(found).values())
    if once != sorted(writers.acked):
        problems.append(f"{len(writers.acked)} acknowledged, {len(once)} found")
    verdict("lock file removed under load", problems,
            f"150 removals, {len(once)} reports, 0 lost, {len(found) - len(once)} repeats of one id", 50, len(once))


def state_removed():
    """`git clean -xfd` of .state under load: what was acknowledged is on record, and one sweep makes it whole."""
    project = Project(f"{WORK}/clean")
    removals = 100 if LONG else 25
    until = threading.Event()

    def work(writers, n):
        i = 0
        while not until.is_set():
            status, id = writers.call(f"start {n}.{i}", "task-start", f"{n}.{i}", f"c{n}-{i}")
            if status == 0:
                writers.call(id, "task-done", "--execution", id)
            i += 1

    writers = Writers(project, 8)
    writers.start(work)
    done, end = 0, time.monotonic() + 60
    # A slow machine takes more removals to see as many successes.
    while done < removals or (len(writers.acked) < 50 and time.monotonic() < end):
        time.sleep(0.06)
        shutil.rmtree(project.state, ignore_errors=True)
        done += 1
    until.set()
    writers.join()
    # Who meets a removal at every attempt fails, and that is told; nothing may be lost in silence.
    loud = [failure for failure in writers.failed if "cannot" not in failure]
    events = project.events()
    started = {f"start {e['task_id']}" for e in events if e["event_type"] == "task.execution.started"}
    ended = {e["execution_id"] for e in events if e["event_type"] == "task.execution.completed"}
    lost = [a for a in writers.acked if a not in started and a not in ended]
    problems = loud + [f"{a} was acknowledged and is not on record" for a in lost]
    problems += recovery_problems(project, duplicates=True)
    verdict("state removed under load", problems,
            f"{done} removals, {len(writers.acked)} successes on record, {len(writers.failed)} failures told", 50, len(writers.acked))


if __name__ == "__main__":
    for check in (many_writers, kill_storm, parallel_sweeps, foreign_renames, lock_removed, state_removed):
        check()
    leave()
