"""Who is alive: reused pids, other namespaces and users, a hidden /proc, and clocks that jump.

Invariants 18, 19 and 20. A proven death closes an execution; anything short of a proof leaves it to the time rule.
"""

import json
import os
import shutil
import signal
import subprocess
import time

from harness import LONG, WORK, TOOLS, leave, not_run, run, tool, verdict
from project import Project, recovery_problems

NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]


def abandoned(project):
    return {e["execution_id"]: e["reason"] for e in project.events() if e["event_type"] == "task.execution.abandoned"}


class Owner:
    """A process that owns executions until it is killed."""

    def __enter__(self):
        self.process = subprocess.Popen(["sleep", "600"])
        return str(self.process.pid)

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


REUSE = r"""
set -eu
sleep 600 & pid=$!
task-start 1.1 --owner-pid "$pid" >/dev/null
kill -KILL "$pid"; wait "$pid" 2>/dev/null || :
sleep 0.1
tries=0
while :; do
    echo $((pid - 1)) >/proc/sys/kernel/ns_last_pid
    sleep 600 & now=$!
    [ "$now" -ne "$pid" ] || break
    kill "$now"; tries=$((tries + 1)); [ "$tries" -lt 50 ]
done
track-sweep
kill "$now"
"""


def pid_reuse():
    """The owner's pid belongs to somebody else by now."""
    project = Project(f"{WORK}/reuse")
    ran = run(["unshare", "--pid", "--fork", "--mount-proc", "sh", "-c", REUSE], cwd=project.path,
              env=project.environment(PATH=f"{TOOLS}:/usr/bin:/bin"))
    found = abandoned(project)
    problems = [] if ran.status == 0 and list(found.values()) == ["process_gone"] else [f"{ran}, abandoned: {found}"]
    verdict("pid reuse", problems, "another process with the owner's pid is told from it by its start time")


def other_namespace():
    """Sweeps from another pid namespace, where none of the owners is to be seen."""
    count = 200 if LONG else 40
    project = Project(f"{WORK}/namespace")
    with Owner() as owner:
        for i in range(count):
            project.must("task-start", f"1.{i}", "--owner-pid", owner)
        ran = project.run("track-sweep", prefix=["unshare", "--pid", "--fork", "--mount-proc"])
        problems = [] if ran.status == 0 and not ran.out else [f"the sweep: {ran}"]
        false = abandoned(project)
        problems += [f"{id} was abandoned: {reason}" for id, reason in false.items()]
    # The control: from our own namespace they are seen to be dead.
    project.must("track-sweep")
    dead = abandoned(project)
    if len(dead) != count or set(dead.values()) != {"process_gone"}:
        problems.append(f"at home {len(dead)} of {count} were found dead")
    verdict("other pid namespace", problems, f"{len(false)} of {count} abandoned from outside, {len(dead)} once they were dead", count, count)


def hidden_proc():
    """Another user, for whom /proc hides the owner (hidepid=2)."""
    project = Project(f"{WORK}/hidden")
    for folder in (os.path.dirname(WORK), WORK):
        os.chmod(folder, 0o711)
    with Owner() as owner:
        os.chown(project.path, 65534, 65534)
        os.chown(f"{project.path}/droid-forge.yaml", 65534, 65534)
        project.must("task-start", "1.1", "--owner-pid", owner)
        hide = 'mount -t proc -o hidepid=2 proc /proc && exec "$@"'
        ran = project.run("track-sweep", prefix=["unshare", "-m", "sh", "-c", hide, "sh", *NOBODY])
        false = abandoned(project)
    problems = [] if ran.status == 0 and not ran.out and not false else [f"{ran}, abandoned: {false}"]
    mine = [name for name in os.listdir(project.logs) if os.stat(f"{project.logs}/{name}").st_uid != 65534]
    if mine:
        problems.append(f"root made files of its own in another's project: {mine}")
    verdict("hidden /proc and another user", problems, "0 abandoned; files that root made belong to the project's owner")


def edit_start(project, seconds):
    """Makes the wall clock appear to have jumped by `seconds` since the start: the other clocks tell the truth."""
    for ledger in os.listdir(project.state):
        folder = f"{project.state}/{ledger}/open"
        for name in os.listdir(folder) if ledger.startswith("ledger-") else ():
            with open(f"{folder}/{name}", "rb") as file:
                head, facts, *rest = file.read().split(b"\n")
            record = json.loads(facts)
            started = record["started"]["timestamp"]
            jumped = subprocess.run(["date", "-u", "-d", f"{started} {-seconds} seconds", f"+%Y-%m-%dT%H:%M:%S.{started[20:26]}+00:00"],
                                    capture_output=True, check=True).stdout.decode().strip()
            with open(f"{folder}/{name}", "wb") as file:
                file.write(b"\n".join([head, facts.replace(started.encode(), jumped.encode()), *rest]))


def wall_clock():
    """The wall clock jumps a day forward, a day back: no execution times out, durations stay true."""
    problems, durations = [], []
    for name, seconds in (("forward", 86400), ("back", -86400)):
        project = Project(f"{WORK}/clock-{name}")
        id = project.must("task-start", "1.1")
        began = time.monotonic()
        edit_start(project, seconds)
        time.sleep(1)
        ran = project.run("track-sweep")
        if ran.out or abandoned(project):
            problems.append(f"{name}: {ran}")
        project.must("task-done", "1.1")
        took = time.monotonic() - began
        ending = [e for e in project.events() if e["event_type"] == "task.execution.completed"][0]
        duration = ending["details"]["duration_seconds"]
        durations.append(duration)
        # Between the two readings lie two processes; they may not cost more than a twentieth of a second each way.
        if not -0.1 < duration - took < 0.1:
            problems.append(f"{name}: {id} took {took:.3f} s, recorded {duration}")
    verdict("wall clock jumps of a day", problems, f"0 abandoned, durations {durations} s for 1 s of work", 2, len(durations))


def long_uptime():
    """A machine that has been up for long, by a time namespace: the clocks agree with themselves."""
    project = Project(f"{WORK}/uptime")
    script = "set -e; task-start 1.1 >/dev/null; sleep 1; track-sweep; task-done 1.1"
    ran = run(["unshare", "--time", "--fork", "--boottime", "5000", "--monotonic", "5000", "sh", "-c", script],
              cwd=project.path, env=project.environment(PATH=f"{TOOLS}:/usr/bin:/bin"))
    durations = [e["details"]["duration_seconds"] for e in project.events() if e["event_type"] == "task.execution.completed"]
    problems = [] if ran.status == 0 and len(durations) == 1 and 1 <= durations[0] < 1.2 else [f"{ran}, durations {durations}"]
    verdict("shifted monotonic clocks", problems, f"1 s of work is recorded as {durations[:1]} s")


def crossing_clocks():
    """A sweep whose monotonic clock is shifted against the start's closes nothing that is not over by the wall clock."""
    project = Project(f"{WORK}/crossing")
    project.must("task-start", "1.1")
    shifted = ["unshare", "--time", "--fork", "--boottime", "500000", "--monotonic", "500000"]
    ran = project.run("track-sweep", prefix=shifted)
    problems = [] if ran.status == 0 and not abandoned(project) else [f"{ran}, abandoned {abandoned(project)}"]
    ended = project.run("task-done", "1.1", prefix=shifted)
    durations = [e["details"]["duration_seconds"] for e in project.events() if e["event_type"] == "task.execution.completed"]
    if ended.status != 0 or not all(0 <= d < 60 for d in durations):
        problems.append(f"{ended}, durations {durations}")
    verdict("another time namespace", problems, f"0 abandoned, the duration {durations} s goes by the wall clock")


def stopped_owner():
    """An owner that is stopped is alive; one that is a zombie is not."""
    project = Project(f"{WORK}/stopped")
    process = subprocess.Popen(["sleep", "600"])
    project.must("task-start", "1.1", "--owner-pid", str(process.pid))
    process.send_signal(signal.SIGSTOP)
    project.must("track-sweep")
    problems = [f"stopped: {abandoned(project)}"] if abandoned(project) else []
    process.kill()
    # Killed and not waited for.
    while b") Z" not in open(f"/proc/{process.pid}/stat", "rb").read():
        time.sleep(0.01)
    project.must("track-sweep")
    if list(abandoned(project).values()) != ["process_gone"]:
        problems.append(f"zombie: {abandoned(project)}")
    process.wait()
    problems += recovery_problems(project)
    verdict("stopped owner and zombie", problems, "the stopped one is alive, the zombie is gone")


stopped_owner()
wall_clock()
if os.geteuid() == 0 and shutil.which("unshare") and shutil.which("setpriv"):
    pid_reuse()
    other_namespace()
    hidden_proc()
    long_uptime()
    crossing_clocks()
else:
    not_run("namespaces and other users", "they need root and util-linux")
not_run("date -s", "the clock of this machine is not ours to set; static tools ignore faketime")
leave()
