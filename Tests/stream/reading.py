"""What task-progress --stream reads: lines good and bad, hostile input, slow and fast sources, coprocesses."""

import json
import os
import random
import re
import subprocess
import time

from harness import TOOLS, WORK, leave, run, tool, verdict
from project import Project, line_problems

PATIENCE = 20
STREAM = [tool("task-progress"), "1.1", "--stream"]
TOKEN = "ghp_" + "aB3" * 12


def project(name, configuration=""):
    made = Project(f"{WORK}/{name}", configuration)
    made.must("task-start", "1.1")
    return made


def stream(made, data, *options, **variables):
    data = data if isinstance(data, bytes) else data.encode()
    return run([*STREAM, *options], input=data, stdin=None, cwd=made.path, env=made.environment(**variables))


def reports(made):
    return [e for e in made.events() if e["event_type"] == "droid.self_report"]


def details(made):
    return [e["details"] for e in reports(made)]


def begin(made, *options, **more):
    return subprocess.Popen([*STREAM, *options], stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=made.path,
                            env=made.environment(), **more)


def until(condition, seconds=PATIENCE):
    """Seconds until the condition held; None when it never did."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if condition():
            return time.monotonic() - began
        time.sleep(0.002)
    return None


def lines():
    """Every form of a line, and what task-progress alone records of the same."""
    pairs = [
        ("0.4 half of the files", ["0.4", "half of the files"]), ("40%\r", ["40%"]), ("3/10 users, orders", ["3/10", "users, orders"]),
        (f"1 {TOKEN}", ["1", TOKEN]), ('{"progress": 0.5, "status": "waiting"}', ["0.5", "--status", "waiting"]),
        ('{"error": "one row", "rows": 7}', ["--error", "one row", "--set", "rows=7"]),
        ('{"memory_mb": 412, "cpu_percent": 85.5, "disk_io_mb": 1}', ["--memory-mb", "412", "--cpu-percent", "85.5", "--disk-io-mb", "1"]),
        ('{"message": "a\\u001bb\\nc /home/somebody/x"}', ["-m", "a\x1bb\nc /home/somebody/x"]),
        ("0.5 " + "long " * 2000, ["0.5", ("long " * 2000).strip()]), ("0.25 é € 😀 \u202e", ["0.25", "é € 😀 \u202e"]),
    ]
    made = project("lines")
    ran = stream(made, "\n\n".join(line for line, _ in pairs))
    together = reports(made)
    problems = [f"stream: {ran}"] if ran.status or ran.err or ran.out else []
    for _, arguments in pairs:
        made.must("task-progress", "1.1", *arguments)
    alone = reports(made)[len(together):]
    own = ("event_id", "timestamp")
    for (line, _), one, other in zip(pairs, together, alone):
        if [(k, v) for k, v in one.items() if k not in own] != [(k, v) for k, v in other.items() if k not in own]:
            problems.append(f"{line[:40]!r} became {one}, alone {other}")
    if TOKEN.encode() in made.bytes("events") or b"somebody" in made.bytes("events"):
        problems.append("a secret or a name is in the journal")
    if len({e["event_id"] for e in together}) != len(pairs) or made.events("droid_status") != reports(made):
        problems.append("the events are not one each, in both streams")
    verdict("lines", problems, f"{len(pairs)} forms, as task-progress alone records them", 10, len(together))


def bad_lines():
    """Each is named, few of them one by one; what is good between them is recorded; no secret is repeated."""
    made = project("bad")
    bad = [f"token={TOKEN}", "half", "1.5 over", "-1", '{"progress": 2}', '{"status": "completed"}', "[1]", "{", "nan", '{"owner": 1}']
    text = "".join(f"0.5 good {n}\n{line}\n" for n, line in enumerate(bad * 3))
    ran = stream(made, text)
    told = ran.err.decode().splitlines()
    problems = [] if ran.status == 65 else [f"left with {ran.status}"]
    numbers = [re.match(r"task-progress: cannot read line (\d+): ", line) for line in told[:10]]
    if [int(n[1]) for n in numbers if n] != list(range(2, 21, 2)):
        problems.append(f"the first ten are not named: {told[:10]}")
    if told[10:] != ["task-progress: cannot read 30 lines, of which the first 10 are named"]:
        problems.append(f"the total is not told: {told[10:]}")
    if TOKEN[:12] in ran.err.decode():
        problems.append("a secret is repeated")
    if [d["message"] for d in details(made)] != [f"good {n}" for n in range(30)]:
        problems.append("not every good line is on record")
    verdict("bad lines", problems, f"30 among 30 good ones, {len(told)} lines said", 11, len(told))


def hostile():
    """Whatever comes, memory is bounded, the journal holds events alone, and good lines are recorded."""
    draw = random.Random(5)
    garbage = draw.randbytes(3_000_000)
    cases = {
        "empty": (b"", 0, 0), "line feeds": (b"\n" * 100_000, 0, 0), "NULs": (b"\0" * 1_000_000, 65, 0),
        "a line of 5 MB": (b"0.1 a\n0.5 " + b"x" * 5_000_000 + b"\n0.9 b\n", 65, 2),
        "5 MB without an end": (b"0.1 a\n" + b"y" * 5_000_000, 65, 1),
        "5 MB of JSON": (b'{"message": "' + b"x" * 5_000_000 + b'"}\n0.9 b', 65, 1),
        "just not too long": (b"0.5 " + b"x" * (65536 - 4) + b"\n", 0, 1), "just too long": (b"0.5 " + b"x" * (65536 - 3) + b"\n", 65, 0),
        "no UTF-8": (b'0.5 \xff\xfe\n{"message": "\xff"}\n\xf0\x9f\n', 65, 1), "truncated": (b'{"progress": 0.5, "mess', 65, 0),
        "equal keys": (b'{"progress": 0.1, "progress": 0.2}\n', 0, 1), "nested": (b'{"a": ' + b"[" * 20_000 + b"]" * 20_000 + b"}\n", 65, 0),
        "CRLF": (b"0.1 a\r\n\r\n0.2 b\r\n", 0, 2), "no last line feed": (b"0.1 a\n0.2 b", 0, 2),
        "many keys": (b"{" + b", ".join(b'"k%d": %d' % (n, n) for n in range(4000)) + b"}\n", 0, 1), "garbage": (garbage, 65, None),
    }
    problems, most = [], 0
    for name, (data, status, count) in cases.items():
        made = project(f"hostile-{name.replace(' ', '-')}")
        with open(f"{made.path}/input", "wb") as file:
            file.write(data)
        with open(f"{made.path}/input", "rb") as file, open(f"{made.path}/err", "wb") as err:
            process = subprocess.Popen(STREAM, stdin=file, stderr=err, cwd=made.path, env=made.environment())
            _, ended, usage = os.wait4(process.pid, 0)
        most = max(most, usage.ru_maxrss)
        said = open(f"{made.path}/err", "rb").read()
        code = os.waitstatus_to_exitcode(ended)
        if code != status or len(said) > 4096 or (status == 65) != (b"cannot read line" in said):
            problems.append(f"{name}: status {code}, said {said[:200]!r}")
        if count is not None and len(reports(made)) != count:
            problems.append(f"{name}: {len(reports(made))} reports, expected {count}")
        if any(byte < 32 and byte != 10 or byte == 127 for byte in said):
            problems.append(f"{name}: what was said acts on terminals")
        problems += line_problems(made)
    if most > 64 * 1024:
        problems.append(f"it took {most // 1024} MiB")
    verdict("hostile input", problems, f"{len(cases)} inputs, at most {most // 1024} MiB", 16, len(cases))


def usage():
    """What does not go together with --stream is refused before anything is read."""
    made = project("usage")
    problems, calls = [], 0
    for arguments in (["1.1", "0.5"], ["1.1", "text"], ["1.1", "-m", "x"], ["1.1", "--error", "x"], ["1.1", "--status", "ready"],
                      ["1.1", "--set", "a=1"], ["1.1", "--memory-mb", "1"]):
        ran = made.run("task-progress", *arguments, "--stream")
        problems += [] if ran.status == 64 and b"--stream" in ran.err else [f"{arguments} --stream: {ran}"]
        calls += 1
    for arguments, status in ((["--every", "1s"], 64), (["--bar"], 64), (["--stream", "--every", "soon"], 65), (["--stream", "--execution", "no id"], 65)):
        ran = made.run("task-progress", "1.1", *arguments)
        problems += [] if ran.status == status and ran.err.count(b"\n") == 1 else [f"{arguments}: {ran}"]
        calls += 1
    ran = made.run("task-progress", "9.9", "--stream")
    problems += [] if ran.status == 66 else [f"no such task: {ran}"]
    problems += ["something was recorded"] if reports(made) else []
    verdict("usage", problems, f"{calls + 1} calls refused", 12, calls + 1)


def inputs():
    """Standard input that is closed, a directory, not blocking; self-reports that are not wanted."""
    made = project("inputs")
    problems = []
    for name, redirection in (("closed", "<&-"), ("a directory", "</")):
        ran = run(
            ["sh", "-c", f"exec '{tool('task-progress')}' 1.1 --stream {redirection}"], cwd=made.path, env=made.environment())
        if ran.status != 74 or not ran.err.startswith(b"task-progress: cannot read standard input: ") or ran.err.count(b"\n") != 1:
            problems.append(f"{name}: {ran}")
    process = begin(made)
    os.set_blocking(process.stdin.fileno(), False)
    time.sleep(0.1)
    os.write(process.stdin.fileno(), b"0.5 not blocking\n")
    process.stdin.close()
    if process.wait(PATIENCE) or [d["message"] for d in details(made)] != ["not blocking"]:
        problems.append(f"not blocking: {process.returncode}, {details(made)}")
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    process = subprocess.Popen(STREAM, stdin=reader, cwd=made.path, env=made.environment())
    time.sleep(0.1)
    os.write(writer, b"0.6 read without blocking\n")
    os.close(writer)
    if process.wait(PATIENCE) or len(reports(made)) != 2:
        problems.append(f"an end that does not block: {process.returncode}")
    off = Project(f"{WORK}/off", "performance:\n  execution_tracking:\n    enable_self_reporting: false\n")
    off.must("task-start", "1.1")
    ran = run(["sh", "-c", f"yes 'no report' | head -100000 | '{tool('task-progress')}' 1.1 --stream"], cwd=off.path, env=off.environment())
    if ran.status or ran.err or reports(off):
        problems.append(f"switched off: {ran}")
    verdict("inputs", problems, "2 that cannot be read, 2 that do not block, and reporting switched off")


def coprocess():
    """With --json each line comes back as it is recorded: a coprocess knows what is on record."""
    made = project("coprocess")
    process = begin(made, "--json", stdout=subprocess.PIPE)
    problems, slowest = [], 0
    for number in range(50):
        began = time.monotonic()
        process.stdin.write(f"{number}/50 step {number}\n".encode())
        process.stdin.flush()
        event = json.loads(process.stdout.readline())
        slowest = max(slowest, time.monotonic() - began)
        if event["details"]["message"] != f"step {number}" or event["event_id"].encode() not in made.bytes("events"):
            problems.append(f"step {number}: {event}")
    process.stdin.close()
    rest = process.stdout.read()
    if process.wait(PATIENCE) or rest:
        problems.append(f"status {process.returncode}, {rest[:100]!r} besides")
    ran = run(["sh", "-c", f"exec '{tool('task-progress')}' 1.1 --stream --json >/dev/full"], input=b"0.5 a\n0.6 b\n", stdin=None, cwd=made.path, env=made.environment())
    if ran.status != 74 or ran.err.count(b"\n") != 1 or len(reports(made)) != 52:
        problems.append(f"full output: {ran}, {len(reports(made))} reports")
    verdict("coprocess", problems, f"50 answers, the slowest after {slowest * 1000:.0f} ms")


def slow():
    """A line that comes alone is recorded before anything follows it, also when it comes in pieces."""
    made = project("slow")
    process = begin(made)
    problems, waits = [], []
    for number in range(20):
        process.stdin.write(f"0.{number:02d} al".encode())
        process.stdin.flush()
        time.sleep(0.01)
        process.stdin.write(b"one\n")
        process.stdin.flush()
        waits.append(until(lambda: made.bytes("droid_status").count(b"alone") == number + 1))
        if waits[-1] is None:
            problems.append(f"line {number} was never recorded")
            break
        time.sleep(0.03)
    process.stdin.close()
    if process.wait(PATIENCE):
        problems.append(f"left with {process.returncode}: {process.stderr.read()}")
    measured = max((w for w in waits if w is not None), default=0)
    verdict("a slow source", problems, f"{len(waits)} lines, each on record within {measured * 1000:.0f} ms", 20, len(waits))


def thinned():
    """--every keeps little of a fast source, but the first, the last, the errors and the changes of status."""
    made = project("thinned")
    process = begin(made, "--every", "300ms")
    began = time.monotonic()
    count = 0
    while time.monotonic() - began < 2:
        count += 1
        process.stdin.write(b'{"error": "e"}\n' if count == 400 else f"0.5 {count}\n".encode())
        if count == 700:
            process.stdin.write(b'{"status": "waiting", "message": "waits"}\n{"status": "waiting", "message": "still"}\n')
        process.stdin.flush()
        time.sleep(0.001)
    seconds = time.monotonic() - began
    process.stdin.write(b"0.9 last\n")
    process.stdin.close()
    status = process.wait(PATIENCE)
    found = details(made)
    messages = [d.get("message") for d in found]
    problems = [f"left with {status}"] if status else []
    for wanted in ("1", "399", "700", "waits", "still", "last"):
        if count > 710 and wanted not in messages:
            problems.append(f"{wanted!r} is not kept: {messages}")
    if len([d for d in found if "error" in d]) != 1:
        problems.append("the error is not kept")
    if not seconds / 0.3 - 2 <= len(found) <= seconds / 0.3 + 10:
        problems.append(f"{len(found)} reports in {seconds:.1f} s")
    slow = project("thinned-slow")
    process = begin(slow, "--every", "100ms")
    for number in range(5):
        process.stdin.write(f"0.{number}\n".encode())
        process.stdin.flush()
        if until(lambda: len(reports(slow)) == number + 1) is None:
            problems.append(f"of a slow source line {number} is not kept")
        time.sleep(0.15)
    process.stdin.close()
    process.wait(PATIENCE)
    verdict("thinning", problems, f"{len(found)} of {count} kept in {seconds:.1f} s; of a slow source all 5", 700, count)


for check in (lines, bad_lines, hostile, usage, inputs, coprocess, slow, thinned):
    check()
leave()
