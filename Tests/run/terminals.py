"""Keys typed at a terminal while a command runs: plain, under task-run, and under task-run with a limit.

Each scene is played at an interactive bash on a pseudoterminal, once each way, and must come out the same. With a limit
the command has a process group of its own, to which the terminal is handed, so that way has the most to prove.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

from harness import TOOLS, WORK, each, leave, verdict
from project import Project

LIMIT = 20
WAYS = {"plain": "", "task-run": "task-run 1.1 --", "with a limit": "task-run 1.1 --timeout 60 --"}

RAW = r"""
import os, sys, termios, tty
saved = termios.tcgetattr(0)
tty.setraw(0)
os.write(1, b"raw-now\r\n")
keys = b""
while len(keys) < 4:
    keys += os.read(0, 1)
termios.tcsetattr(0, termios.TCSANOW, saved)
print("keys", keys.hex(), flush=True)
"""
SIZE = r"""
import os, signal, sys
signal.signal(signal.SIGWINCH, lambda *_: (print("size %d %d" % os.get_terminal_size(), flush=True), sys.exit(7)))
print("size-now", flush=True)
signal.pause()
"""


class Bash:
    """An interactive shell on a terminal of its own."""

    def __init__(self, project, way):
        self.way = WAYS[way]
        self.project = project
        self.said = b""
        pid, self.master = pty.fork()
        if pid == 0:
            os.chdir(project.path)
            environment = project.environment(PATH=f"{TOOLS}:/usr/local/bin:/usr/bin:/bin", TERM="xterm", PS1="$ ",
                                              HISTFILE="/dev/null", WORK=WORK)
            for number in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(number, signal.SIG_DFL)
            os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "--noediting", "-i"], environment)
        self.pid = pid
        self.expect(r"\$ ")

    def read(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if ready:
            try:
                self.said += os.read(self.master, 4096)
            except OSError:
                pass

    def expect(self, pattern, seconds=LIMIT):
        """Reads until the pattern shows; what was read up to its end counts as seen."""
        end = time.monotonic() + seconds
        while True:
            found = re.search(pattern.encode(), self.said)
            if found:
                seen, self.said = self.said[: found.end()], self.said[found.end() :]
                return seen.decode("utf-8", "replace")
            if time.monotonic() > end:
                raise AssertionError(f"never said {pattern!r}, but {self.said[-300:]!r}")
            self.read(0.05)

    def type(self, keys):
        os.write(self.master, keys.encode())

    def command(self, line):
        """Types a command, with the way in the place of @."""
        self.type(line.replace("@", self.way) + "\n")
        # The echo of what was typed.
        self.expect(r"\n")

    def settle(self):
        """Gives a program that has shown no sign of it the time to be there."""
        time.sleep(0.4)

    def status(self):
        self.command("echo status=$?.")
        return int(re.search(r"status=(\d+)\.", self.expect(r"status=\d+\.")).group(1))

    def end(self):
        os.close(self.master)
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)


def interrupt(bash):
    bash.command("@ sleep 30")
    bash.settle()
    bash.type("\x03")
    bash.expect(r"\$ ")
    return bash.status()


def quit_key(bash):
    bash.command("ulimit -c 0")
    bash.expect(r"\$ ")
    bash.command("@ sleep 30")
    bash.settle()
    bash.type("\x1c")
    bash.expect(r"\$ ")
    return bash.status()


def interrupt_handled(bash):
    bash.command("@ sh -c 'trap \"echo caught; exit 9\" INT; echo up; while :; do sleep 0.1; done'")
    bash.expect("up")
    bash.settle()
    bash.type("\x03")
    said = bash.expect(r"\$ ")
    return said.count("caught"), bash.status()


def interrupt_script(bash):
    bash.command("sh -c '@ sleep 30; echo went-on'")
    bash.settle()
    bash.type("\x03")
    said = bash.expect(r"\$ ")
    return "went-on" in said, bash.status()


def stop_and_on(bash):
    bash.command("@ sh -c 'echo up; read line; echo \"line $line\"; exit 4'")
    bash.expect("up")
    bash.settle()
    bash.type("\x1a")
    bash.expect("Stopped")
    bash.expect(r"\$ ")
    bash.command("jobs | grep -c Stopped")
    bash.expect("1")
    bash.command("fg")
    bash.settle()
    bash.type("typed\n")
    bash.expect("line typed")
    bash.expect(r"\$ ")
    return bash.status()


def stop_twice(bash):
    bash.command("@ cat")
    for _ in range(2):
        bash.settle()
        bash.type("\x1a")
        bash.expect("Stopped")
        bash.expect(r"\$ ")
        bash.command("fg")
    bash.settle()
    bash.type("echoed\n")
    bash.expect("echoed\r\nechoed")
    bash.type("\x04")
    bash.expect(r"\$ ")
    return bash.status()


def stop_and_background(bash):
    bash.command("@ sh -c 'sleep 1; echo done-there; exit 6'")
    bash.settle()
    bash.type("\x1a")
    bash.expect("Stopped")
    bash.expect(r"\$ ")
    bash.command("bg")
    bash.expect("done-there")
    bash.command("wait $!")
    bash.expect(r"\$ ")
    return bash.status()


def stop_ignored(bash):
    bash.command("@ sh -c 'trap \"\" TSTP; echo up; sleep 1; echo survived; exit 5'")
    bash.expect("up")
    bash.settle()
    bash.type("\x1a")
    bash.expect("survived")
    bash.expect(r"\$ ")
    return bash.status()


def background_reads(bash):
    bash.command("@ cat &")
    bash.settle()
    bash.command("")
    bash.expect("Stopped")
    bash.command("fg")
    bash.settle()
    bash.type("given\n")
    bash.expect("given\r\ngiven")
    bash.type("\x04")
    bash.expect(r"\$ ")
    return bash.status()


def background_to_front(bash):
    """A job that ran in the background is brought to the front and reads the terminal."""
    bash.command("@ sh -c 'sleep 1.2; read line; echo \"line $line\"; exit 3' &")
    bash.settle()
    bash.command("fg")
    time.sleep(1.5)
    bash.type("typed\n")
    bash.expect("line typed")
    bash.expect(r"\$ ")
    return bash.status()


def raw_mode(bash):
    bash.command(f"@ python3 {WORK}/raw.py")
    bash.expect("raw-now")
    bash.type("\x03\x1a\x1cq")
    keys = bash.expect(r"keys \w+")[-8:]
    bash.expect(r"\$ ")
    return keys, bash.status()


def editor(bash):
    """An editor, suspended on the way."""
    # By a short name: one that fills the line makes the editor wait for a key.
    bash.command("@ busybox vi note")
    bash.expect("~")
    bash.settle()
    bash.type("iwritten\x1b")
    bash.settle()
    bash.type("\x1a")
    bash.expect("Stopped")
    bash.expect(r"\$ ")
    bash.command("fg")
    bash.expect("written")
    bash.settle()
    bash.type(":wq\r")
    bash.expect(r"\$ ")
    status = bash.status()
    with open(f"{bash.project.path}/note") as file:
        return file.read(), status


def feeds_a_pager(bash):
    """What the command says goes to a pager, which needs the terminal's keys."""
    bash.command("@ sh -c 'seq 1 5000; sleep 2' | busybox less")
    bash.expect("10\r\n")
    bash.settle()
    bash.type("G")
    bash.expect("5000")
    bash.type("q")
    bash.expect(r"\$ ")
    return bash.status()


def asks_although_its_output_goes_elsewhere(bash):
    bash.command("x=$(@ sh -c 'printf name: >/dev/tty; read line </dev/tty; echo \"got $line\"'); echo \"[$x]\"")
    bash.expect("name:")
    bash.settle()
    bash.type("typed\n")
    bash.expect(r"\[got typed\]")
    bash.expect(r"\$ ")
    return bash.status()


def interrupts_itself(bash):
    """A signal that the command sent to itself is nobody else's."""
    bash.command("bash -c '@ sh -c \"kill -INT \\$\\$\"; echo went-on $?'")
    said = bash.expect(r"\$ ")
    return "went-on 130" in said


def pager(bash):
    """A pager reads keys from the terminal while its input is a pipe."""
    bash.command("seq 1000 2000 | @ busybox less")
    bash.expect("1010")
    bash.settle()
    bash.type("G")
    bash.expect("2000")
    bash.type("q")
    bash.expect(r"\$ ")
    return bash.status()


def secret(bash):
    bash.command("@ bash -c 'read -s -p secret: x; echo; echo \"got ${#x}\"'")
    bash.expect("secret:")
    bash.settle()
    bash.type("quiet\n")
    said = bash.expect("got 5")
    bash.expect(r"\$ ")
    return "quiet" in said, bash.status()


def resize(bash):
    bash.command(f"@ python3 {WORK}/size.py")
    bash.expect("size-now")
    bash.settle()
    fcntl.ioctl(bash.master, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 101, 0, 0))
    said = bash.expect(r"\$ ")
    return said.count("size 101 33"), bash.status()


def pipeline(bash):
    bash.command("@ yes | head -n 1; echo \"${PIPESTATUS[*]}\"")
    return bash.expect(r"y\r\n\d+ \d+").split()[-2:]


def terminal_is_the_commands_own(bash):
    bash.command("@ sh -c 'test -t 0 && test -t 1 && test -t 2 && echo all-three; tty'")
    bash.expect("all-three")
    bash.expect("/dev/pts/")
    bash.expect(r"\$ ")
    return bash.status()


SCENES = {
    "Ctrl-C": (interrupt, 130),
    "Ctrl-\\": (quit_key, 131),
    "Ctrl-C is handled": (interrupt_handled, (1, 9)),
    "Ctrl-C at a script": (interrupt_script, (False, 130)),
    "Ctrl-Z and fg": (stop_and_on, 4),
    "Ctrl-Z twice": (stop_twice, 0),
    "Ctrl-Z and bg": (stop_and_background, 6),
    "Ctrl-Z is ignored": (stop_ignored, 5),
    "a background job reads": (background_reads, 0),
    "a background job comes to the front": (background_to_front, 3),
    "raw mode, as editors use it": (raw_mode, ("031a1c71", 0)),
    "an editor is suspended and goes on": (editor, ("written\n", 0)),
    "a pager": (pager, 0),
    "a command that feeds a pager": (feeds_a_pager, 0),
    "a command asks while its output goes elsewhere": (asks_although_its_output_goes_elsewhere, 0),
    "a command interrupts itself": (interrupts_itself, True),
    "a secret is read without echo": (secret, (False, 0)),
    "the window changes its size": (resize, (1, 7)),
    "a pipeline": (pipeline, ["141", "0"]),
    "descriptors are the terminal": (terminal_is_the_commands_own, 0),
}


def play(case):
    name, way = case
    scene, expected = SCENES[name]
    project = Project(f"{WORK}/{list(SCENES).index(name)}-{list(WAYS).index(way)}")
    bash = Bash(project, way)
    try:
        came = scene(bash)
    except AssertionError as error:
        return way, None, [f"{way}: {error}"]
    finally:
        bash.end()
    problems = [] if expected is None or came == expected else [f"{way}: came out as {came}, expected {expected}"]
    if way != "plain":
        endings = [e for e in project.events() if e["event_type"] == "task.execution.completed"]
        if len(endings) != 1:
            problems.append(f"{way}: {len(endings)} endings are recorded")
    return way, came, problems


with open(f"{WORK}/raw.py", "w") as file:
    file.write(RAW)
with open(f"{WORK}/size.py", "w") as file:
    file.write(SIZE)
wanted = [name for name in SCENES if not sys.argv[1:] or name in sys.argv[1:]]
for name in wanted:
    played = each(play, [(name, way) for way in WAYS], workers=3)
    problems = [problem for _, _, found in played for problem in found]
    outcomes = {repr(came) for _, came, _ in played}
    if not problems and len(outcomes) != 1:
        problems.append(f"comes out differently: {[(way, came) for way, came, _ in played]}")
    verdict(f"at a terminal: {name}", problems, f"{len(played)} ways, all {played[0][1]}", 3, len(played))


def hang_up():
    """The terminal is closed: the command goes, and how it ended is told."""
    problems = []
    for way in ("task-run", "with a limit"):
        project = Project(f"{WORK}/hangup-{list(WAYS).index(way)}")
        bash = Bash(project, way)
        bash.command("@ sh -c 'echo pid $$.; exec sleep 30'")
        pid = int(re.search(r"pid (\d+)\.", bash.expect(r"pid \d+\.")).group(1))
        bash.settle()
        bash.end()
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            endings = [e for e in project.events() if e["event_type"] == "task.execution.completed"]
            if endings and not os.path.exists(f"/proc/{pid}"):
                break
            time.sleep(0.05)
        if os.path.exists(f"/proc/{pid}"):
            problems.append(f"{way}: the command lives on")
            os.kill(pid, signal.SIGKILL)
        if [e["details"].get("signal") for e in endings] != ["HUP"]:
            problems.append(f"{way}: the endings tell {[e['details'] for e in endings]}")
    verdict("at a terminal: it is closed", problems, "2 ways, the command is gone and its ending told")


def limit_at_a_terminal():
    """A limit passes while the command has the terminal: the shell has it back."""
    project = Project(f"{WORK}/limit")
    bash = Bash(project, "plain")
    problems = []
    try:
        bash.command("task-run 1.1 --timeout 1 -- cat")
        bash.expect(r"\$ ")
        if bash.status() != 143:
            problems.append("the status is not that of TERM")
        bash.command("cat")
        bash.settle()
        bash.type("again\n")
        bash.expect("again\r\nagain")
    except AssertionError as error:
        problems.append(str(error))
    finally:
        bash.end()
    if [e["status"] for e in project.events() if e["event_type"] == "task.execution.completed"] != ["timeout"]:
        problems.append("no timeout is recorded")
    verdict("at a terminal: a limit passes", problems, "143, the terminal is the shell's again")


def interrupted_with_retries():
    """Who presses Ctrl-C wants no further attempt, whatever the command makes of it; one it sent to itself is a failure."""
    problems, cases = [], 0
    scripts = {"dies": ("sleep 30", "\x03", 130), "leaves with a status": ("trap 'exit 9' INT; while :; do sleep 0.1; done", "\x03", 9),
               "dies by QUIT": ("ulimit -c 0; sleep 30", "\x1c", 131)}
    for limit in ("", "--timeout 60"):
        for name, (script, key, status) in scripts.items():
            project = Project(f"{WORK}/again-{cases}")
            bash = Bash(project, "plain")
            cases += 1
            try:
                bash.command(f'task-run 1.1 {limit} --retries 2 --retry-delay 0 -- sh -c "echo up; {script}"')
                bash.expect("up")
                bash.settle()
                bash.type(key)
                said = bash.expect(r"\$ ")
                attempts = len([e for e in project.events() if e["event_type"] == "task.execution.started"])
                came = bash.status()
                if (came, attempts) != (status, 1) or "attempt" in said:
                    problems.append(f"{name} {limit}: status {came} after {attempts} attempts, said {said!r}")
            except AssertionError as error:
                problems.append(f"{name} {limit}: {error}")
            finally:
                bash.end()
    project = Project(f"{WORK}/again-itself")
    bash = Bash(project, "plain")
    try:
        bash.command("task-run 1.1 --timeout 60 --retries 2 --retry-delay 0 -- sh -c 'kill -INT $$'")
        bash.expect(r"attempt 3 of 3.*\n")
        bash.expect(r"\$ ")
    except AssertionError as error:
        problems.append(f"interrupts itself: {error}")
    finally:
        bash.end()
    verdict("at a terminal: Ctrl-C and retries", problems, f"{cases} ways, none is run again", 6, cases)


def orphaned():
    """A command in a group that nobody could continue asks for the terminal: it ends at once, and nothing spins."""
    problems = []
    for name, head in (("heeds a hang-up", ""), ("ignores it", "trap '' HUP; ")):
        project = Project(f"{WORK}/orphaned-{len(head)}")
        bash = Bash(project, "plain")
        try:
            bash.command("set +H")
            bash.expect(r"\$ ")
            bash.command(f"bash -c \"{head}task-run 1.1 --timeout 4 -- cat </dev/tty & echo pid \\$!.\"")
            pid = int(re.search(r"pid (\d+)\.", bash.expect(r"pid \d+\.")).group(1))
            time.sleep(2)
            spent = 0
            if os.path.exists(f"/proc/{pid}"):
                with open(f"/proc/{pid}/stat") as file:
                    spent = sum(int(n) for n in file.read().rsplit(")", 1)[1].split()[11:15]) / os.sysconf("SC_CLK_TCK")
            if spent > 0.3:
                problems.append(f"{name}: {spent} s of a processor in 2 s")
            end = time.monotonic() + LIMIT
            while time.monotonic() < end and os.path.exists(f"/proc/{pid}"):
                time.sleep(0.05)
        except AssertionError as error:
            problems.append(f"{name}: {error}")
        finally:
            bash.end()
        told = [e["status"] for e in project.events() if e["event_type"] == "task.execution.completed"]
        if told != ["timeout" if head else "failed"]:
            problems.append(f"{name}: told {told}")
    verdict("at a terminal: nobody could continue it", problems, "2 ways, no time is spent")


def killed_at_a_terminal():
    """KILL of task-run: the group that had the terminal is gone with it, and the caller has the terminal again."""
    project = Project(f"{WORK}/killed")
    bash = Bash(project, "plain")
    problems = []
    try:
        bash.command("sh -c 'task-run 1.1 --timeout 60 -- sh -c \"sleep 61.5 & echo pid \\$PPID \\$!.; wait\"; sleep 0.5; read line; echo \"line $line\"'")
        above, below = re.search(r"pid (\d+) (\d+)\.", bash.expect(r"pid \d+ \d+\.")).groups()
        bash.settle()
        os.kill(int(above), signal.SIGKILL)
        bash.settle()
        bash.type("typed\n")
        bash.expect("line typed")
        if is_alive(int(below)):
            problems.append("what the command had started lives on")
            os.kill(int(below), signal.SIGKILL)
    except AssertionError as error:
        problems.append(str(error))
    finally:
        bash.end()
    verdict("at a terminal: task-run is killed", problems, "the group is gone, the terminal is the caller's")


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


if not sys.argv[1:]:
    interrupted_with_retries()
    orphaned()
    killed_at_a_terminal()
    hang_up()
    limit_at_a_terminal()
leave()
