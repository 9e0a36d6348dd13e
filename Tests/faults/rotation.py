"""Rotates, prunes and compresses under load, under faults and under kills, and looks what is left.

Invariants 13 and 14: nothing that was acknowledged is lost, a line twice has one event id, and the report tells the same
figures before and after. Foreign rotations are those of logrotate(8) itself and of a plain rename.
"""

import glob
import gzip
import json
import os
import shutil
import subprocess
import threading
import time

from concurrency import Writers
from harness import LONG, WORK, each, leave, not_run, run, tool, verdict
from project import STREAMS, Project
from scenes import strace

CHANGES = ("openat", "write", "fdatasync", "fsync", "renameat", "unlinkat", "utimensat", "ftruncate", "pwrite64")
CONFIGURATION = "performance: {execution_tracking: {retention: {rotate_size: 64MiB, compress: %s}}}\n"


def files(project, stream="events"):
    """Every file of a stream: name and lines, compressed ones unpacked."""
    found = {}
    for path in glob.glob(f"{project.logs}/{stream}[.-]*"):
        name = os.path.basename(path)
        if name.endswith(".gz") and os.path.exists(path[:-3]):
            continue
        with (gzip.open if name.endswith(".gz") else open)(path, "rb") as file:
            found[name] = file.read().splitlines()
    return found


def events(project, stream="events"):
    return [json.loads(line) for lines in files(project, stream).values() for line in lines]


def figures(project):
    """What the report says, but for what is told of files, of audit lines and of percentiles."""
    report = json.loads(project.must("track-metrics", "--format", "json", "--no-checkpoint"))
    types = {k: v for k, v in report["data"]["event_types"].items() if k != "audit.recorded"}
    tally = ("started", "completed", "failed", "timed_out", "abandoned", "open", "late")
    return {
        "types": types, "reports": report["data"]["self_reports"], "unreadable": report["data"]["unreadable"],
        "all": [report["executions"][key] for key in (*tally, "without_start", "surplus_endings", "abandoned_by_reason")],
        "durations": [(report["executions"]["durations"] or {}).get(key) for key in ("count", "total", "max")],
        "droids": {d["droid"]: [d[key] for key in (*tally, "self_reports")] for d in report["droids"]},
        "tasks": {t["task"]: [t[key] for key in tally] for t in report["tasks"]["tasks"]},
        "results": {k: v for k, v in report["results"].items()},
    }


def history(path, compress="none"):
    """A project with ended, failed and open executions, one of which a rotation has cut; the first file is finished."""
    project = Project(path, CONFIGURATION % "none")
    for n in range(4):
        project.must("task-start", f"1.{n}", "the work", "--droid", f"d{n % 2}")
        project.must("task-progress", f"1.{n}", "0.5", "--memory-mb", "10")
    project.must("task-done", "1.0", "--set", "tests_run=3")
    project.must("task-fail", "1.1", "--error", "no")
    project.must("track-sweep", "-q", "--rotate")
    project.must("task-done", "1.2")
    project.must("task-start", "2.0")
    project.must("track-sweep", "-q", "--seal")
    with open(f"{project.path}/droid-forge.yaml", "w") as file:
        file.write(CONFIGURATION % compress)
    return project


def calls(fixture, command):
    """The calls by which a command changes the project: (name, number among its name)."""
    project = fixture.copy(f"{WORK}/dry")
    log = f"{WORK}/dry.strace"
    ran = project.run(*command, prefix=strace(log, "-e", "trace=" + ",".join(CHANGES)))
    assert ran.status == 0, ran
    found, counts = [], {}
    with open(log, encoding="utf-8", errors="replace") as file:
        for line in file:
            name = line.split(" ", 1)[1].lstrip().split("(")[0]
            counts[name] = counts.get(name, 0) + 1
            if project.logs in line and (name != "openat" or "O_CREAT" in line):
                found.append((name, counts[name]))
    project.remove()
    return found


def attempt(case):
    """One call killed or failed; then one sweep without faults must bring everything in order."""
    fixture, name, command, call, k, fault, expected = case
    label = f"{name}-{call}-{k}-{fault.replace('=', '-')}"
    project = fixture.copy(f"{WORK}/{label}")
    log = f"{WORK}/{label}.strace"
    ran = project.run(*command, prefix=strace(log, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={k}"))
    problems = []
    if fault.startswith("error") and ran.status not in (0, 73, 74):
        problems.append(f"left with {ran}")
    if figures(project) != expected:
        problems.append("the figures differ right after it")
    for _ in range(2):
        project.must(*command)
    if figures(project) != expected:
        problems.append("the figures differ after the next sweep")
    pruned = {e["details"]["file"] for e in events(project, "audit") if e.get("action") == "pruned"}
    problems += [f"{name} has a tombstone and is there" for name in pruned if os.path.exists(f"{project.logs}/{name}")]
    problems += [f"{name} is left" for name in os.listdir(project.logs) if name.startswith(".") and name != ".state"]
    if project.run("task-done", "1.3").status != 0 or project.run("task-done", "2.0").status != 0:
        problems.append("an open execution cannot be ended")
    if os.access(tool("track-verify"), os.X_OK):
        verified = project.run("track-verify")
        if verified.status != 0:
            problems.append(f"track-verify: {verified.out[:300]!r}")
    project.remove()
    os.remove(log)
    return ran.status != 0, [f"{label}: {problem}" for problem in problems]


def every_step():
    plain, packed = history(f"{WORK}/plain"), history(f"{WORK}/packed", "gzip")
    for name, fixture, command in (
        ("rotation", plain, ("track-sweep", "-q", "--rotate")),
        ("pruning", plain, ("track-sweep", "-q", "--keep-days", "0")),
        ("compression", packed, ("track-sweep", "-q")),
    ):
        expected = figures(fixture)
        found = calls(fixture, command)
        faults = ("signal=KILL", "error=EIO", "error=ENOSPC") if LONG else ("signal=KILL", "error=EIO")
        cases = [(fixture, name, command, call, k, fault, expected) for fault in faults for call, k in found]
        results = each(attempt, cases)
        problems = [problem for _, list in results for problem in list]
        stopped = sum(stopped for stopped, _ in results)
        verdict(f"every step of {name}", problems, f"{len(cases)} kills and faults, {stopped} of which stopped it", 10, stopped)


def rotations_under_load():
    """8 writers while their files are rotated by us, renamed by others, compressed and pruned."""
    own, foreign = (40, 400) if LONG else (8, 60)
    project = Project(f"{WORK}/load", CONFIGURATION % "gzip")
    done = threading.Event()

    def work(writers, n):
        i = 0
        while not done.is_set():
            i += 1
            if writers.call(f"w{n}-{i}", "task-start", f"{n}.{i}", f"w{n}-{i}", "--new")[0] == 0:
                writers.call(f"e{n}-{i}", "task-done", f"{n}.{i}", "--set", f"note=e{n}-{i}")

    writers = Writers(project, 8)
    writers.start(work)
    renamed = 0
    while not os.path.exists(f"{project.logs}/events.ndjson"):
        time.sleep(0.01)
    problems = []
    for n in range(foreign):
        for stream in ("events", "results"):
            try:
                os.rename(f"{project.logs}/{stream}.ndjson", f"{project.logs}/{stream}.ndjson.{n}")
                renamed += stream == "events"
            except FileNotFoundError:
                pass
        if n % (foreign // own) == 0:
            ran = project.run("track-sweep", "-q", "--rotate")
            if ran.status != 0:
                problems.append(f"rotation: {ran}")
        time.sleep(0.02)
    done.set()
    writers.join()
    project.must("track-sweep", "-q", "--rotate")
    found = events(project)
    ids = {}
    for event in found:
        ids.setdefault(event["event_id"], set()).add(json.dumps(event, sort_keys=True))
    problems += [f"two events of id {id}" for id, lines in ids.items() if len(lines) > 1]
    text = json.dumps(found)
    problems += [f"{marker} is lost" for marker in writers.acked if f'"{marker}"' not in text]
    before = figures(project)
    project.must("track-sweep", "-q", "--seal")
    project.must("task-start", "after")
    project.must("task-done", "after")
    project.must("track-sweep", "-q", "--seal", "--keep-days", "0")
    left = files(project)
    after = figures(project)
    if after["all"][0] != before["all"][0] + 1 or after["all"][1] != before["all"][1] + 1:
        problems.append(f"{before['all']} before pruning, {after['all']} after one more")
    verdict("rotations under 8 writers", problems + writers.failed,
            f"{len(writers.acked)} successes, all on record; {own} own and {renamed} foreign rotations, "
            f"{len(found) - len(ids)} lines twice, {len(left)} files left after pruning", 20, renamed)


def logrotate():
    """The real logrotate with `create`, compressing or not: it renames, and we go on."""
    program = shutil.which("logrotate", path="/usr/sbin:/usr/bin")
    if program is None:
        return not_run("logrotate", "it is not installed")
    problems, rotations = [], 0
    for options in ("create 0600", "create 0600\n  compress\n  delaycompress", "create 0600\n  dateext\n  dateformat -%s"):
        project = Project(f"{WORK}/logrotate-{rotations}")
        started = project.must("task-start", "1.0")
        project.must("task-start", "1.1")
        project.must("task-done", "1.1")
        configuration = f"{project.path}/logrotate.conf"
        with open(configuration, "w") as file:
            file.write(f"{project.logs}/*.ndjson {{\n  rotate 9\n  missingok\n  {options}\n}}\n")
        os.chmod(configuration, 0o644)
        for n in range(3):
            expected = figures(project)
            ran = run([program, "-f", "-s", f"{project.path}/logrotate.state", configuration])
            rotations += 1
            if ran.status != 0:
                problems.append(f"logrotate: {ran}")
            if figures(project) != expected:
                problems.append(f"{options!r}: the figures differ")
            project.must("task-start", f"2.{n}")
            project.must("task-done", f"2.{n}")
            project.must("track-sweep", "-q", "--seal")
            time.sleep(1.1)
        shutil.rmtree(project.state)
        project.must("task-done", "1.0")
        if not any(e["execution_id"] == started and e["event_type"] == "task.execution.completed" for e in events(project)):
            problems.append("what was started before is not ended")
        expected = figures(project)
        pruned = project.must("track-sweep", "--keep-days", "0")
        if "pruned" not in pruned or figures(project) != expected:
            problems.append(f"{options!r}: not pruned, or the figures differ: {pruned}")
    verdict("logrotate", problems, f"{rotations} rotations in three ways", 9, rotations)


def long_life():
    """Every execution is cut by a rotation; after the time that is kept, once more for what was carried, it is gone."""
    kept, days = 3, 40 if LONG else 16
    project = Project(f"{WORK}/long-life", CONFIGURATION % "gzip")
    problems, started, most = [], [], 0
    open_one = project.must("task-start", "0.0")
    for day in range(days):
        started.append(project.must("task-start", f"1.{day}"))
        project.must("track-sweep", "-q", "--rotate")
        project.must("task-done" if day % 3 else "task-fail", f"1.{day}", "--set", "tests_run=3")
        for name in os.listdir(project.logs):
            if name.endswith((".ndjson", ".gz")) and name.removesuffix(".ndjson") not in STREAMS:
                path = f"{project.logs}/{name}"
                os.utime(path, (0, os.stat(path).st_mtime - 86_400))
        before = figures(project)
        project.must("track-sweep", "-q", "--keep-days", str(kept))
        after = figures(project)
        if after != before:
            problems.append(f"day {day}: {before['all']} before pruning, {after['all']} after it")
        if after["all"][:3] != [day + 2, day + 1 - (day + 3) // 3, (day + 3) // 3]:
            problems.append(f"day {day}: {after['all']}")
        found = events(project)
        most = max(most, len(found))
        left = {event["execution_id"] for event in found}
        problems += [f"day {day}: {id} is left" for id in started[:-2 * kept - 3] if id in left]
        if open_one not in left:
            problems.append(f"day {day}: what is open is gone")
    if most > 5 * (2 * kept + 3):
        problems.append(f"{most} lines of two a day")
    verified = project.run("track-verify")
    if verified.status != 0:
        problems.append(f"track-verify: {verified.out[:300]!r}")
    pruned = sum(e.get("action") == "pruned" for e in events(project, "audit"))
    verdict("a long life", problems, f"{days} rotations, {pruned} files pruned, at most {most} lines of events", 2 * (days - kept - 2), pruned)


def dry_run():
    """What is said would go is what goes."""
    fixture = history(f"{WORK}/dry-fixture")
    project = fixture.copy(f"{WORK}/dry-run")
    before = {name: os.stat(f"{project.logs}/{name}").st_size for name in os.listdir(project.logs) if ".ndjson" in name}
    told = project.must("track-sweep", "--dry-run", "--keep-days", "0").splitlines()
    after = {name: os.stat(f"{project.logs}/{name}").st_size for name in os.listdir(project.logs) if ".ndjson" in name}
    done = project.must("track-sweep", "--keep-days", "0").splitlines()
    problems = [] if before == after else ["the dry run changed something"]
    told = [line.replace("would prune", "pruned") for line in told if "prune" in line]
    if told != [line for line in done if "prune" in line]:
        problems.append(f"told {told}, did {done}")
    verdict("dry run", problems, f"{len(told)} files told and removed", 1, len(told))


if __name__ == "__main__":
    every_step()
    rotations_under_load()
    logrotate()
    long_life()
    dry_run()
    leave()
