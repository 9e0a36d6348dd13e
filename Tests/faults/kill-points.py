"""Kills a writer before every one of its system calls, then sweeps once.

Invariants 2 and 16: no line is broken but a torn tail, the streams tell the same events, nothing dead stays pending in
the ledger, every execution has one ending at most, and trying again records the event exactly once.
"""

import os

from harness import LONG, WORK, each, leave, verdict
from project import line_problems
from scenes import MARK, calls, scenes, strace

# In the short form; the long one kills in all scenes.
KILLED = ("start", "done", "progress", "sweep", "first-start", "rebuild", "reboot", "damaged", "merge", "merge-several", "stream", "merge-stream",
          "spool", "sweep-seal", "repair")
# The longest ones are sampled in the short form; every call has its turn in the long one.
STRIDE = {"sweep": 3, "merge": 3, "merge-several": 8, "first-start": 2, "rebuild": 3, "reboot": 5, "damaged": 4, "stream": 3, "merge-stream": 5, "spool": 2, "sweep-seal": 2, "repair": 4}


def attempt(case):
    scene, call, k = case
    name = f"{scene.name}-{call}-{k}"
    project = scene.fixture.copy(f"{WORK}/{name}")
    log = f"{WORK}/{name}.strace"
    kill = strace(log, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={k}")
    with scene.lock(project):
        ran = scene.run(project, kill)
    problems = line_problems(project, scene.torn + 1) + scene.lost(project, ran)
    if scene.task and ran.out and MARK not in project.bytes("events").decode():
        problems.append("its id was told, but its start is not in the journal")
    problems += again_problems(scene, project)
    problems += scene.recovery_problems(project, scene.torn + 1) + scene.lost(project, ran)
    problems = [f"{name}: {problem}" for problem in problems]
    project.remove()
    os.remove(log)
    return ran.status != 0, problems


def again_problems(scene, project):
    """A caller that tries again gets its event recorded, or hears that it is."""
    if scene.task or scene.command[0] not in ("task-done", "task-fail"):
        return []
    ran = scene.run(project)
    if ran.status not in (0, 65) or not scene.done(project):
        return [f"trying again: {ran}"]
    return []


def cases(scene):
    stride = 1 if LONG else STRIDE.get(scene.name, 1)
    found = calls(scene, "all")
    first = next(i for i, (_, _, ours, _) in enumerate(found) if ours)
    for call, k, _, _ in found[first::stride]:
        if call.replace("_", "").isalnum() and call not in ("brk", "mmap", "munmap", "mprotect"):
            yield scene, call, k


for scene in scenes():
    if scene.name not in KILLED and not LONG:
        continue
    results = each(attempt, list(cases(scene)))
    killed = sum(1 for hit, _ in results if hit)
    problems = [problem for _, found in results for problem in found]
    verdict(f"killed at every call of {scene.name}", problems, f"{killed} kills, all whole after one sweep", 20, killed)
leave()
