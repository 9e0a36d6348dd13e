"""Fails the k-th system call of every tool that writes, once and forever after, and looks what is left.

Invariants 2, 3, 4, 5, 8 and 16. k runs over every call that touches the project; a run that meets no fault ends it.
"""

import itertools
import os
import re

from harness import LONG, WORK, each, leave, verdict
from project import failure_problems
from scenes import calls, scenes, strace

CALLS = ("openat", "flock", "newfstatat", "pread64", "getdents64", "pwrite64", "write", "fdatasync", "fsync",
         "ftruncate", "renameat", "unlinkat", "mkdirat")
ERRORS = ("EIO", "ENOSPC", "EINTR", "EDQUOT", "EROFS")

# Calls whose failure a tool may ignore with a clear conscience, and why; the beginning of a scene's name limits an entry.
ADVISORY = (
    (None, r"\.gitignore", "keeps our own directory out of version control; the record does not depend on it"),
    (None, r"current_execution\.json", "the original's file, read as the last fallback"),
    (None, r"/home(/|>|\")", "the list for track-sweep --all is a convenience"),
    (None, r"ballast", "room kept for later endings; without it an ending on a full disk is refused, and that is told"),
    ("stream", r"/ledger-", "a batch that cannot be settled stays pending; the next one finishes it"),
    (None, r"/proc/self/ns/", "an unknown namespace proves nothing: only the time rule is left"),
    ("sweep", r"/ledger-|/spool\b|\"(spool|new|ledger-[^\"]*)\"", "the look without the lock; after a failure it looks again under the lock"),
    ("metrics", r"report\.checkpoint|pread64\(.*, 4096, 0\)", "a checkpoint that cannot be read, proven or kept is done without"),
    ("metrics", r"pread64\(.*, 2048, \d+\)", "an error whose line cannot be read again is told by its template"),
    ("metrics", r"/swept\"|, \"(logs|\.state|swept|\.droid-forge)\"|O_CLOEXEC\|O_DIRECTORY", "when the last sweep was is a remark only"),
    ("merge", r"/spool\b|/ledger-|\.ndjson|fsync\(\d+<[^>]*/logs>|/logs>, (\"\.?\"|0x)", "what cannot be merged now stays in the spool; the writer's own event is recorded"),
)
ENDINGS = ("task-done", "task-fail", "track-sweep")


def is_advisory(scene, fault):
    line, after_output, after_append = fault
    if after_output and scene.task:
        return True  # What follows the id that task-start prints is the due sweep; the next sweep does it and tells.
    if after_append and "/ledger-" in line:
        return True  # A record that cannot be settled stays pending; the next writer sees to it.
    if scene.command[0] in ENDINGS and re.search(r"\b(openat|write|pwrite64|renameat)\(.*= -1 (ENOSPC|EDQUOT)", line):
        return True  # An ending on a full disk is written again, into the room kept for it.
    return any((of is None or scene.name.startswith(of)) and re.search(pattern, line) for of, pattern, _ in ADVISORY)


def injected(log):
    """The faults: each line, whether success had been told before it, and whether the last append was behind it."""
    found, told = [], False
    with open(log, encoding="utf-8", errors="replace") as file:
        lines = file.readlines()
    appends = [i for i, line in enumerate(lines) if re.search(r" write\(\d+<[^>]*\.ndjson>", line)]
    last = appends[-1] if appends else len(lines)
    for i, line in enumerate(lines):
        if "(INJECTED)" in line:
            found.append((line.rstrip(), told, i > last))
        elif re.search(r"write\(\d+<(pipe|/[^>]*stdout)", line):
            told = True
    return found


def judge(scene, project, ran, faults, error):
    """What is wrong after one run: a silent failure, a mute one, a broken journal."""
    problems = []
    if ran.status == 0:
        if not scene.done(project):
            problems.append("success is told, but the event is neither in the journal nor in the spool")
        serious = [fault[0] for fault in faults if not is_advisory(scene, fault)]
        if serious and error != "EINTR":
            problems.append(f"success is told in spite of {serious[0]}")
    elif not any("write(" in line and re.search(r"stderr|pipe:", line) for line, _, _ in faults):
        # A stream goes on after a failure, and tells in the end how many reports it cost.
        problems += failure_problems(ran, scene.command[0], lines=1 if scene.input is None else 2)
    problems += scene.lost(project, ran)
    return problems + scene.recovery_problems(project, scene.torn + (1 if error in ("ENOSPC", "EDQUOT") else 0))


def attempt(case):
    scene, call, k, error, forever = case
    when = f"{k}+" if forever else f"{k}..{k + 2}" if error == "EINTR" else str(k)
    name = f"{scene.name}-{call}-{k}-{error}{'-on' if forever else ''}"
    project = scene.fixture.copy(f"{WORK}/{name}")
    log = f"{WORK}/{name}.strace"
    options = ("-e", f"trace={call},write", "-e", f"inject={call}:error={error}:when={when}")
    with scene.lock(project):
        ran = scene.run(project, strace(log, *options))
    faults = injected(log)
    problems = judge(scene, project, ran, faults, error) + scene.lost(project, ran) if faults else []
    problems = [f"{name}: {problem}" for problem in problems]
    project.remove()
    os.remove(log)
    return len(faults) > 0, problems


def cases(scene):
    """Every error at every call with --long, once and forever after; else one of these at each call, by turns."""
    # EINTR forever is a call that never gets done: nothing to learn from a tool that tries again and again.
    modes = [(error, forever) for error in ERRORS for forever in (False, True) if (error, forever) != ("EINTR", True)]
    turns = itertools.cycle(modes)
    for call, k, ours, line in calls(scene, ",".join(CALLS)):
        if not ours or call not in CALLS:
            continue
        for error, forever in modes if LONG else [next(turns)]:
            yield scene, call, k, error, forever


for scene in scenes():
    results = each(attempt, list(cases(scene)))
    met = sum(1 for hit, _ in results if hit)
    problems = [problem for _, found in results for problem in found]
    verdict(f"k-th fault in {scene.name}", problems, f"{met} faults met, 0 silent, 0 broken", 20, met)
leave()
