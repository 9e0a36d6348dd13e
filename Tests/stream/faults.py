"""What is on record of a stream whatever happens: kills, signals, a full disk, a lock that is held, other writers, an ending."""

import fcntl
import json
import os
import random
import signal
import subprocess
import threading
import time

from harness import LONG, WORK, leave, not_run, run, tool, verdict
from mounts import enter_namespace, mounted
from project import Project, line_problems, recovery_problems

PATIENCE = 30
STREAM = [tool("task-progress"), "1.1", "--stream"]


def project(name):
    made = Project(f"{WORK}/{name}")
    made.must("task-start", "1.1")
    return made


def begin(made, *options, argv=STREAM, **more):
    more.setdefault("stdin", subprocess.PIPE)
    return subprocess.Popen([*argv, *options], stderr=subprocess.PIPE, cwd=made.path, env=made.environment(), **more)


def messages(made, stream="events"):
    return [e["details"].get("message") for e in made.events(stream) if e["event_type"] == "droid.self_report"]


def until(condition, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.002)
    return False


def numbered(count, first=0):
    return b"".join(b"0.5 report %d of many, which is one of them\n" % n for n in range(first, first + count))


def kills():
    """Killed anywhere: what was told to be on record is, every line is whole, and the streams agree afterwards."""
    problems, acknowledged, torn = [], 0, 0
    draw = random.Random(3)
    rounds = 100 if LONG else 10
    for round in range(rounds):
        made = project(f"kill-{round}")
        with open(f"{made.path}/input", "wb") as file:
            file.write(numbered(100_000))
        with open(f"{made.path}/input", "rb") as source, open(f"{made.path}/told", "wb") as told:
            process = begin(made, "--json", stdin=source, stdout=told)
            time.sleep(0.01 + draw.random() * 0.15)
            process.kill()
            process.communicate()
        with open(f"{made.path}/told", "rb") as file:
            ids = {json.loads(line)["event_id"] for line in file.read().split(b"\n")[:-1] if line.endswith(b"}")}
        broken = len([1 for stream in ("events", "droid_status") for event, _ in made.lines(stream) if event is None])
        torn += broken
        if broken > 1:
            problems.append(f"round {round}: {broken} lines are torn")
        found = recovery_problems(made, torn=broken)
        problems += [f"round {round}: {problem}" for problem in found]
        missing = ids - {e["event_id"] for e in made.events()}
        if missing:
            problems.append(f"round {round}: {len(missing)} of {len(ids)} acknowledged reports are lost")
        kept = messages(made)
        if kept != [f"report {n} of many, which is one of them" for n in range(len(kept))]:
            problems.append(f"round {round}: the {len(kept)} reports on record are not the first ones in order")
        acknowledged += len(ids)
        made.remove()
    verdict("kills", problems, f"{rounds} kills, {acknowledged} reports acknowledged, 0 lost, {torn} torn lines closed off", 1, acknowledged)


def signals():
    """INT, QUIT, TERM and HUP: what was read is recorded, half a line is not, and the signal is what ends it; an ignored one does not."""
    problems = []
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
        made = project(f"signal-{number}")
        process = begin(made, "--every", "1h")
        process.stdin.write(numbered(5) + b"0.5 half a li")
        process.stdin.flush()
        if not until(lambda: len(messages(made)) == 1):
            problems.append(f"{number.name}: nothing was recorded")
        time.sleep(0.1)
        process.send_signal(number)
        status = process.wait(PATIENCE)
        process.stdin.close()
        if status != -number:
            problems.append(f"{number.name}: left with {status}")
        if [m.split()[1] for m in messages(made)] != ["0", "4"]:
            problems.append(f"{number.name}: on record are {messages(made)}")
        ignored = begin(made, preexec_fn=lambda: signal.signal(number, signal.SIG_IGN))
        ignored.stdin.write(b"0.6 goes on\n")
        ignored.stdin.flush()
        until(lambda: "goes on" in messages(made))
        ignored.send_signal(number)
        time.sleep(0.05)
        ignored.stdin.write(b"0.7 and on\n")
        ignored.stdin.close()
        if ignored.wait(PATIENCE) or messages(made)[-1] != "and on":
            problems.append(f"{number.name}: ignored, and yet {ignored.returncode}, {messages(made)[-1]}")
    verdict("signals", problems, "4 signals, each taken and each ignored")


def full_disk():
    """A full disk is told of, the source lives on, and what is written afterwards is whole."""
    with mounted("tmpfs", "size=1m") as folder:
        made = Project(f"{folder}/project")
        made.must("task-start", "1.1")
        process = begin(made)
        try:
            for first in range(0, 20_000, 200):
                process.stdin.write(numbered(200, first))
            process.stdin.close()
        except BrokenPipeError:
            pass
        said = process.stderr.read().decode()
        status = process.wait(PATIENCE)
        problems = [] if status == 74 else [f"left with {status}"]
        told = said.splitlines()
        if len(told) != 2 or "No space left" not in told[0] or "cannot tell whether" not in told[1]:
            problems.append(f"said {said[:400]!r}")
        count = len(messages(made))
        # Room enough for the half that is missing of a pending change.
        os.system(f"mount -o remount,size=8m {folder}")
        problems += recovery_problems(made)
        verdict("a full disk", problems, f"{count} of 20000 reports recorded, two lines said, whole afterwards", 100, count)


def locked():
    """While the lock is held reports are spooled, a batch an entry, and no more is read than is held; then all are merged."""
    made = project("locked")
    process = begin(made, "--wait", "50ms")
    process.stdin.write(b"0.1 before\n")
    process.stdin.flush()
    problems = [] if until(lambda: len(messages(made)) == 1) else ["the first was not recorded"]
    with open(f"{made.state}/journal.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        data = numbered(40_000)
        sent = threading.Thread(target=lambda: (process.stdin.write(data), process.stdin.close()))
        sent.start()
        if not until(lambda: len(made.spooled()) >= 5):
            problems.append(f"{len(made.spooled())} entries are spooled")
        with open(f"/proc/{process.pid}/status") as status:
            resident = int([line for line in status if line.startswith("VmRSS")][0].split()[1])
        entries = len(made.spooled())
    sent.join(PATIENCE)
    said = process.stderr.read().decode()
    if process.wait(PATIENCE) or said.count("\n") != 1 or "spooled" not in said:
        problems.append(f"left with {process.returncode}: {said[:300]!r}")
    problems += recovery_problems(made)
    found = messages(made)
    if found[0] != "before" or found[1:] != [f"report {n} of many, which is one of them" for n in range(40_000)]:
        problems.append(f"{len(found)} of 40001 reports are on record, or not in order")
    if resident > 64 * 1024:
        problems.append(f"{resident // 1024} MiB were held")
    verdict("a held lock", problems, f"{entries} entries spooled, {resident // 1024} MiB held, 40001 reports in order", 40_001, len(found))


def ended():
    """When the execution ends, the stream stops with 65 and tells how many lines it had read in vain."""
    made = project("ended")
    process = begin(made)
    process.stdin.write(b"0.1 before\n")
    process.stdin.flush()
    problems = [] if until(lambda: len(messages(made)) == 1) else ["the first was not recorded"]
    made.must("task-done", "1.1")
    try:
        process.stdin.write(numbered(3))
        process.stdin.flush()
    except BrokenPipeError:
        pass
    status, said = process.wait(PATIENCE), process.stderr.read().decode()
    process.stdin.close()
    if status != 65 or said.count("\n") != 1 or "already completed" not in said or "; 3 of the lines read" not in said:
        problems.append(f"left with {status}: {said!r}")
    problems += recovery_problems(made)
    if messages(made) != ["before"]:
        problems.append(f"on record are {messages(made)}")
    verdict("an ending meanwhile", problems, "65, 3 lines told, none on record")


def crowd():
    """Four streams, single reports, starts and endings at once: all on record once, those of one source in their order."""
    made = project("crowd")
    streams = []
    for task in "abcd":
        made.must("task-start", task)
        streams.append(begin(made, argv=[tool("task-progress"), task, "--stream"]))
    count = 50_000 if LONG else 5_000
    senders = [threading.Thread(target=lambda p=p: (p.stdin.write(numbered(count)), p.stdin.close())) for p in streams]
    for sender in senders:
        sender.start()
    problems, singles, slowest = [], 0, 0
    while any(p.poll() is None for p in streams) or singles < 10:
        began = time.monotonic()
        ran = made.run("task-progress", "1.1", "-m", f"single {singles}")
        slowest = max(slowest, time.monotonic() - began)
        problems += [f"single {singles}: {ran}"] if ran.status else []
        made.must("task-start", f"s{singles}")
        made.must("task-done", f"s{singles}")
        singles += 1
    for process in streams:
        if process.wait(PATIENCE):
            problems.append(f"a stream left with {process.returncode}: {process.stderr.read()[:200]}")
    problems += recovery_problems(made)
    for task in "abcd":
        own = [e["details"]["message"] for e in made.events() if e.get("task_id") == task and e["event_type"] == "droid.self_report"]
        if own != [f"report {n} of many, which is one of them" for n in range(count)]:
            problems.append(f"stream {task}: {len(own)} of {count}, or not in order")
    if len([m for m in messages(made) if m.startswith("single ")]) != singles:
        problems.append("not every single report is on record")
    verdict("a crowd", problems, f"4 streams of {count}, {singles} singles, the slowest of which took {slowest * 1000:.0f} ms", 10, singles)


def gone():
    """Who reads what is acknowledged may go: the record goes on, and the status tells."""
    made = project("gone")
    process = begin(made, "--json", stdout=subprocess.PIPE)
    process.stdout.close()
    process.stdin.write(numbered(3))
    process.stdin.flush()
    until(lambda: len(messages(made)) == 3)
    process.stdin.write(numbered(3, 3))
    process.stdin.close()
    status, said = process.wait(PATIENCE), process.stderr.read()
    problems = [] if status == 74 and said.count(b"\n") == 1 else [f"left with {status}: {said!r}"]
    problems += line_problems(made)
    verdict("a closed pipe", problems, "74, all 6 on record", 6, len(messages(made)))


for check in (kills, signals, locked, ended, crowd, gone):
    check()
if os.geteuid() == 0 and enter_namespace():
    full_disk()
else:
    not_run("a full disk", "mounting needs root")
leave()
