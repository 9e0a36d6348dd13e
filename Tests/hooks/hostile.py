"""What a hook must bear: payloads that are none, surroundings that fail. It stays quiet, ends with 0, and tells its log."""
import fcntl
import json
import os
import resource
import signal
import sys
import time

from harness import CONTENT, TOOLS, Project, check, finish
from payloads import Claude


# Prints the largest resident size of a hook, in KiB: a process of its own, for a child begins with its parent's.
MEASURE = """
import resource, subprocess, sys
subprocess.run([sys.argv[1], "claude"], stdin=open(sys.argv[2], "rb"), check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def bad_payloads():
    project = Project("bad")
    claude = Claude(project.root)
    good = json.dumps(claude.start()).encode()
    bad = {
        "empty": b"", "space": b" \n", "no JSON": b"hello", "NUL": b"\0\0\0", "NUL in the middle": good[:40] + b"\0" + good[40:],
        "an array": b"[]", "a number": b"7", "deep nesting": b'{"a":' * 100_000, "deep arrays": b"[" * 100_000,
        "no event": b'{"session_id":"s"}', "event of a wrong kind": b'{"hook_event_name":{},"session_id":"s"}',
        "no tool": b'{"hook_event_name":"PreToolUse","session_id":"s"}', "single quotes": b"{'a':1}",
        "two objects in an array": b"[" + good + b"," + good + b"]", "UTF-16": json.dumps(claude.start()).encode("utf-16"),
        "control character": b'{"hook_event_name":"Sto\np"}', "long number": b'{"a":' + b"1" * 100_000 + b"}",
    }
    for name, payload in bad.items():
        trouble = project.hook("claude", payload)
        check(f"bad payload: {name}", not trouble, trouble)
    check("bad payloads open nothing", not project.starts(), project.lines())
    check("bad payloads are told", project.log().count("cannot read the payload") >= len(bad) - 2, project.log())
    for length in range(len(good)):
        trouble = project.hook("claude", good[:length])
        if trouble or project.starts():
            return check("truncated at every byte", False, (length, trouble))
    check("truncated at every byte", True)
    strange = {
        "session of a wrong kind": good.replace(b'"session_id": "', b'"session_id": 5, "x": "', 1),
        "invalid UTF-8": good.replace(b"startup", b"start\xff\xfeup"), "equal keys": good[:-1] + b', "source": "resume"}',
        "a hostile session": json.dumps(Claude(project.root, "../../../etc/x\u001b[31m\n" + "y" * 300).start()).encode(),
        "a mark of the byte order": b"\xef\xbb\xbf" + good,
    }
    for name, payload in strange.items():
        trouble = project.hook("claude", payload)
        check(f"strange payload: {name}", not trouble and project.lines() is not None, trouble)
    names = [name for name in os.listdir(f"{project.state}/hooks") if not name.startswith("claude.")]
    check("a session's name is never a path", not names, names)
    check("the log is bounded in its lines and holds no controls", all(len(line) < 600 for line in project.log().splitlines())
          and "\x1b" not in project.log(), project.log()[-300:])


def large():
    project = Project("large")
    claude = Claude(project.root)
    project.hook("claude", claude.start())
    content = CONTENT * (5 * 1024 * 1024 // len(CONTENT))
    payload = claude.after("Write", "w", {"filePath": "/srv/a", "content": content}, file_path="/srv/a", content=content)
    start = time.monotonic()
    trouble = project.hook("claude", payload)
    seconds = time.monotonic() - start
    check("10 MB are read", not trouble and seconds < 5, (trouble, seconds))
    with open(f"{project.root}/payload", "w", encoding="utf-8") as file:
        json.dump(payload, file)
    answer = project.run(sys.executable, "-c", MEASURE, f"{TOOLS}/track-hook", f"{project.root}/payload")
    os.unlink(f"{project.root}/payload")
    check("and not kept", 0 < int(answer.stdout) < 24 * 1024, f"{answer.stdout} KiB")
    project.hook("claude", claude.end())
    [end] = project.endings()
    check("what they tell counts, once", end["result"]["tools"]["Write"]["calls"] == 1
          and end["result"]["files_modified"] == ["/srv/a"], end)
    check("no content is kept", not project.leaks(), project.leaks())


def endless():
    project = Project("endless")
    for name, beginning in (("of nothing", b""), ("in a string", b'{"x":"')):
        process, _ = project.start("claude", b"")
        start = time.monotonic()
        try:
            process.stdin.write(beginning)
            while True:
                process.stdin.write(b"x" * 65536)
                process.stdin.flush()
        except BrokenPipeError:
            pass
        process.wait(timeout=30)
        check(f"a payload without end, {name}, is cut", process.returncode == 0 and process.stdout.read() == b"", process.returncode)
        check(f"soon, {name}", time.monotonic() - start < 15, time.monotonic() - start)
    process, _ = project.start("claude", b"")
    process.stdin.write(json.dumps(Claude(project.root).start()).encode())
    process.stdin.flush()
    process.wait(timeout=4)
    check("the end of the object is enough, whether the pipe is closed or not", process.returncode == 0
          and len(project.starts()) == 1, process.returncode)
    process, _ = project.start("claude", b"")
    process.wait(timeout=30)
    check("a pipe in which nothing comes is not waited for longer than 5 s", process.returncode == 0, process.returncode)


def unread():
    """Whoever writes a payload never meets a closed pipe, also where nothing is made of it."""
    project = Project("unread")
    large = json.dumps(Claude(project.root).start() | {"x": "x" * 3_000_000}).encode()
    for name, payload, env in (("switched off", large, {"TRACK_DISABLE": "1"}), ("no JSON", b"x" + large, None),
                               ("an array", b"[" + large + b"]", None), ("no event", b'{"x":"' + b"x" * 3_000_000 + b'"}', None)):
        process, _ = project.start("claude", b"", env=env)
        try:
            process.stdin.write(payload)
            process.stdin.close()
            problem = ""
        except BrokenPipeError:
            problem = "EPIPE"
        process.wait(timeout=30)
        check(f"3 MB are taken: {name}", not problem and process.returncode == 0 and not project.starts(), problem)
    process, _ = project.start("claude", b"", env={"TRACK_DISABLE": "1"})
    process.stdin.write(json.dumps(Claude(project.root).start()).encode())
    process.stdin.flush()
    process.wait(timeout=4)
    check("switched off, an open pipe is not waited for when the object is whole", process.returncode == 0, process.returncode)


def arguments():
    project = Project("arguments")
    claude = Claude(project.root)
    for words in (["--frob"], ["--frob=1", "more"], ["--project", "/nowhere"], ["\0x".replace("\0", "\\")], ["-"] * 1000):
        trouble = project.hook("claude", claude.start(), *words)
        check(f"unknown arguments {words[:2]}", not trouble, trouble)
    check("the event counts all the same", len(project.starts()) == 1, project.starts())
    check("they are told", "passed over arguments" in project.log(), project.log())


def surroundings():
    project = Project("surroundings")
    claude = Claude(project.root)
    with open(f"{project.root}/droid-forge.yaml", "w", encoding="utf-8") as file:
        file.write("logging: [")
    trouble = project.hook("claude", claude.start())
    check("a broken configuration", not trouble and not project.starts() and "droid-forge.yaml" in project.log(), (trouble, project.log()))
    os.rename(f"{project.root}/droid-forge.yaml", f"{project.root}/aside")
    project.hook("claude", claude.start())
    os.rename(f"{project.root}/aside", f"{project.root}/droid-forge.yaml")
    trouble = project.hook("claude", claude.end())
    os.unlink(f"{project.root}/droid-forge.yaml")
    project.run(f"{TOOLS}/track-sweep", "--timeout", "0")
    check("it costs no ending", not trouble and [line["status"] for line in project.endings()] == ["completed"], project.endings())

    for number, (name, change) in enumerate({
        "a directory that others can write to": lambda path: os.chmod(path, 0o777),
        "a file in the place of the directory": lambda path: (os.rename(path, path + ".aside"), open(path, "w").close()),
    }.items()):
        other = Project(f"surroundings-{number}")
        other.hook("claude", Claude(other.root).start())
        change(other.logs)
        trouble = other.hook("claude", Claude(other.root).prompt())
        check(name, not trouble, trouble)

    trouble = project.hook("claude", claude.start(), env={"CLAUDE_PROJECT_DIR": "/nowhere", "HOME": "/nowhere", "TRACK_PROJECT": "/nowhere"})
    check("no project at all", not trouble, trouble)
    trouble = project.hook("claude", Claude("/nowhere").start())
    check("a directory that is gone", not trouble, trouble)
    before = len(project.lines())
    trouble = project.hook("claude", Claude(project.root, "off").start(), env={"TRACK_DISABLE": "1"})
    check("TRACK_DISABLE=1 records nothing", not trouble and len(project.lines()) == before, trouble)


def limits():
    """Closed descriptors, a size limit as a full disk has it, and signals."""
    project = Project("limits")
    claude = Claude(project.root)
    payload = json.dumps(claude.start())
    for closed in ("0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"):
        answer = project.run("sh", "-c", f"printf '%s' \"$1\" | {{ exec {closed}; {TOOLS}/track-hook claude; }}", "sh", payload)
        check(f"descriptors closed: {closed}", answer.returncode == 0 and not answer.stdout, answer)

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    other = Claude(project.root, "small")
    for event in (other.start(), other.prompt(), other.waiting(), other.end()):
        answer = project.run(f"{TOOLS}/track-hook", "claude", input=json.dumps(event).encode(), preexec_fn=small)
        check(f"no room: {event['hook_event_name']}", answer.returncode == 0 and not answer.stdout, answer)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE):
        process, _ = project.start("claude", b"")
        process.stdin.write(b"{")
        process.stdin.flush()
        time.sleep(0.15)
        process.send_signal(number)
        if number == signal.SIGPIPE:
            process.stdin.close()
        process.wait(timeout=20)
        check(f"stopped by {number.name}", process.returncode == 0, process.returncode)


def locked():
    project = Project("locked")
    claude = Claude(project.root)
    project.hook("claude", claude.start())
    payloads = [claude.prompt(), claude.delegate("t")[0], claude.end(), Claude(project.root, "second").start()]
    with open(f"{project.state}/journal.lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        start = time.monotonic()
        trouble = " ".join(filter(None, (project.hook("claude", payload) for payload in payloads)))
        seconds = time.monotonic() - start
    check("a lock that is not had is not waited for", not trouble and seconds < 3, (trouble, seconds))
    project.run(f"{TOOLS}/task-start", "1.1")
    check("what was to be recorded then is merged later", len(project.starts()) == 2 and len(project.starts("subagent")) == 1
          and {line["status"] for line in project.endings()} == {"completed", "failed"}, project.lines())


def log_size():
    project = Project("log")
    for _ in range(2):
        project.hook("claude", b"x")
    with open(f"{project.state}/hook.log", "a", encoding="utf-8") as file:
        file.write("x" * 300_000 + "\n")
    project.hook("claude", b"x")
    size, old = os.path.getsize(f"{project.state}/hook.log"), os.path.getsize(f"{project.state}/hook.log.1")
    check("the log is bounded: a long one makes way", size < 1_000 < old, (size, old))


for scenario in (bad_payloads, large, endless, unread, arguments, surroundings, limits, locked, log_size):
    scenario()
finish()
