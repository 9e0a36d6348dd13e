"""Every byte and random bytes as every argument: one line per event, and nothing in it that is not text.

Invariant 28.
"""

import json
import os
import random
import re
import shutil
import subprocess

from harness import LONG, WORK, each, leave, tool, verdict
from project import STREAMS, Project, line_problems

# What no line may hold raw: C0, DEL, C1, line and paragraph separators, bidi controls.
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# How a byte string becomes part of a command, and the statuses it may have.
COMMANDS = {
    "task": lambda b: ["task-start", b"x" + b],
    "description": lambda b: ["task-start", b"1.1", b, b"--new"],
    "droid": lambda b: ["task-start", b"1.1", b"--new", b"--droid", b"x" + b],
    "context key": lambda b: ["task-start", b"1.1", b"--new", b"--context", b"k" + b + b"=1"],
    "context value": lambda b: ["task-start", b"1.1", b"--new", b"--context", b"k=" + b],
    "message": lambda b: ["task-progress", b"1.0", b"-m", b],
    "error": lambda b: ["task-progress", b"1.0", b"--error", b],
    "set": lambda b: ["task-progress", b"1.0", b"--set", b"k" + b + b"=v" + b],
    "data": lambda b: ["track-event", b"git.commit", b"--sha", b"a1b2c3d", b"--message", b],
    "action": lambda b: ["track-event", b"audit.recorded", b"--action", b"a" + b],
}


def call(project, argv):
    done = subprocess.run([tool(argv[0]).encode(), *argv[1:]], cwd=project.path, env=project.environment(),
                          stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stderr


def try_all(name, payloads, folder=None):
    """Runs one argument's commands in a project of its own; counts successes by lines."""
    build = COMMANDS[name]
    project = Project(f"{WORK}/{folder or name.replace(' ', '-')}")
    project.must("task-start", "1.0")
    problems, expected = [], 1
    for payload in payloads:
        status, err = call(project, build(payload))
        expected += status == 0
        if status not in (0, 64, 65):
            problems.append(f"{name} {payload!r}: status {status}, {err[:200]!r}")
        # A notice may come with success; whatever comes is one line without control characters.
        text = err.decode("utf-8", "replace")
        if status != 0 and text.count("\n") != 1 or RAW.search(text):
            problems.append(f"{name} {payload!r}: stderr {err[:200]!r}")
    problems += line_problems(project)
    lines = 0
    for stream in STREAMS:
        data = project.bytes(stream)
        raw = RAW.search(data.decode("utf-8", "replace"))
        if raw:
            problems.append(f"{name}: {stream} holds {raw.group()!r} raw")
        if stream in ("events", "audit"):
            lines += data.count(b"\n")
    if lines != expected:
        problems.append(f"{name}: {lines} lines for {expected} events")
    return expected, problems, project


def jq_problems(projects):
    """jq reads the same number of events as Python did."""
    if not shutil.which("jq"):
        return []
    problems = []
    for project in projects:
        done = subprocess.run(["jq", "-c", ".event_id", f"{project.logs}/events.ndjson"], capture_output=True)
        if done.returncode != 0 or done.stdout.count(b"\n") != len(project.lines("events")):
            problems.append(f"jq: {done.stderr[:200]!r}")
    return problems


dice = random.Random(28)
single = [bytes([byte]) for byte in range(1, 256)]
# In the short form each argument takes every byte in a few longer strings instead of in a process each.
packed = [bytes(range(first, min(first + 16, 256))) for first in range(1, 256, 16)]
hostile = [text.encode() for text in (
    '"}\n{"event_type":"task.execution.completed"}', "\\", '\\u0000', "\u2028", "\u202e", "\u0085", "\ud7ff", "\U0010ffff", "=cmd()",
    "\x1b]0;x\x07", "x" * 60000)] + [b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\xe2\x80"]
noise = [bytes(dice.choices(range(1, 256), k=dice.randrange(1, 60))) for _ in range(1000 if LONG else 12)]
payloads = (single if LONG else packed) + hostile + noise

results = each(lambda name: try_all(name, payloads), list(COMMANDS))
messages = try_all("description", single, "single") if not LONG else (0, [], None)
problems = [problem for _, found, _ in results for problem in found] + messages[1] + jq_problems([p for _, _, p in results])
calls = len(payloads) * len(COMMANDS) + (len(single) if not LONG else 0)
accepted = sum(count for count, _, _ in results) + messages[0]
verdict("bytes as arguments", problems,
        f"{calls} calls over {len(COMMANDS)} arguments, {accepted} events, one line each; none held a raw control", 300, calls)
leave()
