"""Keys typed at a terminal, and terminals that are closed, in every shell: one ending, and the script ends as it would.

Invariants 21 and 22. A script is the foreground job of a session on a pseudoterminal, as if started from an interactive
shell. The tools that end executions take 400 ms, through a directory of slow ones in front of them. What the script is
expected to end with is what the same script ends with without the helper.
"""

import json
import os
import pty
import select
import subprocess
import sys
import threading
import time

from harness import LONG, TOOLS, WORK, each, leave, verdict
from project import Project, whole_problems

HERE = os.path.dirname(os.path.abspath(__file__))
TRACK = f"{HERE}/../../shell/track.sh"
SHELLS = {"dash": ["dash"], "bash": ["bash"], "zsh": ["zsh"], "zsh-sh": ["zsh", "--emulate", "sh"], "mksh": ["mksh"],
          "ksh93": ["ksh93"], "busybox": ["busybox", "ash"], "yash": ["yash"]}
ROUNDS = 10 if LONG else 1
LIMIT = 30
INTERRUPT, QUIT, STOP = b"\x03", b"\x1c", b"\x1a"

# What a script does between its start and `echo over`, which runs where nothing ended the script.
WORKS = {
    "a command": "sleep 3",
    "a pipeline": "sleep 3 | cat | cat",
    "a subshell": "(sleep 3; echo in vain)",
    "a function under set -eu": "set -eu; work() { sleep 3; }; work",
    "a short command": "sleep 0.4",
}


class Scenario:
    """What is typed, once the script has said that it is ready, and how its execution ends."""

    def __init__(self, name, keys, work, ending, slow=True, closes=False, direct=False, apart=()):
        self.name, self.keys, self.work, self.ending = name, keys, work, ending
        self.slow, self.closes, self.direct, self.apart = slow, closes, direct, dict(apart)

    def expected(self, shell):
        return self.apart.get(shell, self.ending)


INT, HUP = ("failed", "INT", None), ("failed", "HUP", None)
QUIT_ENDING, FINE = ("failed", "QUIT", None), ("completed", None, None)
# These ignore QUIT, with the helper and without: the command dies of it, the script goes on.
IGNORING_QUIT = {shell: FINE for shell in ("bash", "busybox", "zsh", "zsh-sh")}
SCENARIOS = [
    Scenario("three Ctrl-C, slow ending", [INTERRUPT] * 3, "a command", INT),
    Scenario("terminal closed, slow ending", [], "a short command", HUP, closes=True),
    Scenario("terminal closed over the session's leader", [], "a short command", HUP, closes=True, direct=True),
    Scenario("Ctrl-C", [INTERRUPT], "a command", INT, slow=False),
    Scenario("Ctrl-C, pipeline", [INTERRUPT], "a pipeline", INT, slow=False),
    Scenario("Ctrl-C, subshell", [INTERRUPT], "a subshell", INT, slow=False),
    Scenario("Ctrl-C, set -eu", [INTERRUPT], "a function under set -eu", INT, slow=False),
    Scenario("Ctrl-\\", [QUIT], "a command", QUIT_ENDING, slow=False, apart=IGNORING_QUIT),
    Scenario("Ctrl-Z and on", [STOP], "a short command", FINE, slow=False),
]


def slow_tools():
    """A directory of tools of which those that end executions leave a mark, and take 400 ms."""
    folder = f"{WORK}/slow"
    os.makedirs(folder)
    for name in os.listdir(TOOLS):
        if name in ("task-done", "task-fail"):
            with open(f"{folder}/{name}", "w") as file:
                file.write(f'#!/bin/sh\n: >>"$MARK"\nsleep 0.4\nexec {TOOLS}/{name} "$@"\n')
            os.chmod(f"{folder}/{name}", 0o755)
        elif name.startswith("t") and os.access(f"{TOOLS}/{name}", os.X_OK) and os.path.isfile(f"{TOOLS}/{name}"):
            os.symlink(f"{TOOLS}/{name}", f"{folder}/{name}")
    return folder


class Session:
    """A script on a terminal of its own."""

    def __init__(self, argv, scenario, **options):
        self.master, slave = pty.openpty()
        self.said, self.told = b"", b""
        self.report, report = os.pipe()
        if scenario.direct:
            argv = ["env", "--default-signal", "setsid", "--ctty", "--wait", *argv]
        else:
            argv = [sys.executable, f"{HERE}/leader.py", str(report), *argv]
        self.direct = scenario.direct
        self.process = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, pass_fds=(report,),
                                        start_new_session=not scenario.direct, **options)
        os.close(slave)
        os.close(report)

    def wait_for(self, condition, seconds=LIMIT):
        """Reads the terminal until the condition holds."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            ready, _, _ = select.select([file for file in (self.master, self.report) if file is not None], [], [], 0.02)
            for file in ready:
                self.read(file)
        return True

    def read(self, file):
        try:
            data = os.read(file, 4096)
        except OSError:
            data = b""
        if not data:
            os.close(file)
            if file == self.master:
                self.master = None
            else:
                self.report = None
        elif file == self.master:
            self.said += data
        else:
            self.told += data

    def close(self):
        if self.master is not None:
            os.close(self.master)
            self.master = None

    def status(self):
        """The script's wait status; None where it did not end."""
        if self.direct:
            try:
                code = self.process.wait(LIMIT)
            except subprocess.TimeoutExpired:
                return None
            return code << 8
        self.wait_for(lambda: self.report is None)
        words = self.told.split()
        return int(words[-1]) if words and words[-1] != b"stopped" else None

    def end(self):
        """Leaves nothing behind."""
        self.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.report is not None:
            os.close(self.report)


def play(scenario, shell, project, script, environment):
    """Runs the script and types; returns its wait status and what went wrong."""
    mark = environment["MARK"]
    session = Session([*SHELLS[shell], script], scenario, cwd=project, env=environment)
    try:
        if not session.wait_for(lambda: b"ready" in session.said):
            return None, f"was not ready: {session.said[-200:]!r}"
        # What the script waits for is a process of its own by then.
        time.sleep(0.15)
        for number, key in enumerate(scenario.keys):
            if number > 0:
                session.wait_for(lambda: os.path.exists(mark), 3)
                time.sleep(0.05)
            os.write(session.master, key)
        if scenario.closes:
            session.close()
        status = session.status()
        if STOP in scenario.keys and session.told.count(b"stopped") != 1:
            return status, f"was stopped {session.told.count(b'stopped')} times"
        return status, None if status is not None else "did not end"
    finally:
        session.end()


plain_lock, plain = threading.Lock(), {}


def plain_status(scenario, shell, environment):
    """How the script ends without the helper."""
    key = (scenario.name, shell)
    with plain_lock:
        lock = plain.setdefault(key, [threading.Lock(), None])
    with lock[0]:
        if lock[1] is None:
            script = f"{WORK}/plain-{SCENARIOS.index(scenario)}-{shell}.sh"
            with open(script, "w") as file:
                file.write(f"echo ready\n{WORKS[scenario.work]}\necho over\n")
            lone = Scenario(scenario.name, scenario.keys[:1], scenario.work, None, closes=scenario.closes,
                            direct=scenario.direct)
            lock[1] = play(lone, shell, WORK, script, environment)
    return lock[1]


def shown(status):
    if status is None:
        return "none"
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"status {os.WEXITSTATUS(status)}"


def meaning(status):
    """A status of 128 and a signal's number, and death by that signal, tell the same."""
    return os.WTERMSIG(status) + 128 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def try_one(case):
    scenario, shell, number = case
    project = Project(f"{WORK}/{SCENARIOS.index(scenario)}-{shell}-{number}")
    tools = f"{WORK}/slow" if scenario.slow else TOOLS
    environment = project.environment(PATH=f"{tools}:/usr/local/bin:/usr/bin:/bin", MARK=f"{project.path}/ending", TERM="xterm")
    script = f"{project.path}/work.sh"
    with open(script, "w") as file:
        file.write(f". '{TRACK}'\ntask_execution 1.1\necho ready\n{WORKS[scenario.work]}\necho over\n")
    status, problem = play(scenario, shell, project.path, script, environment)
    expected, plain_problem = plain_status(scenario, shell, environment)
    what = f"{scenario.name}, {shell}"
    if problem or plain_problem:
        return [f"{what}: {problem or plain_problem}"]
    problems = []
    if meaning(status) != meaning(expected):
        problems.append(f"{what}: {shown(status)}, without the helper {shown(expected)}")
    endings = []
    for event in project.events():
        if event["event_type"].startswith("task.execution.") and event["event_type"] != "task.execution.started":
            details = event.get("details", {})
            endings.append((event.get("status"), details.get("signal"), details.get("exit_code")))
    ending = scenario.expected(shell)
    if endings != [ending] and not (ending == FINE and len(endings) == 1 and endings[0][0] == "completed"):
        problems.append(f"{what}: expected the ending {ending}, found {json.dumps(endings)}")
    problems += [f"{what}: {problem}" for problem in whole_problems(project)]
    project.remove()
    return problems


slow_tools()
cases = [(scenario, shell, number) for number in range(ROUNDS) for scenario in SCENARIOS for shell in SHELLS]
for scenario in SCENARIOS:
    mine = [case for case in cases if case[0] is scenario]
    found = [problem for problems in each(try_one, mine, workers=8) for problem in problems]
    verdict(scenario.name, found, f"{len(mine)} sessions in {len(SHELLS)} shells, one ending each, as without the helper",
            8, len(mine))
leave()
