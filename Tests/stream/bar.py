"""The bar that task-progress --stream --bar draws, as a terminal shows it: its width, its words, and what it leaves behind."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from harness import WORK, leave, tool, verdict
from project import Project

PATIENCE = 20
TOKEN = "ghp_" + "aB3" * 12


class Terminal:
    """A screen of one line: enough of a terminal for what the bar sends, and strict about everything else."""

    def __init__(self, columns, **variables):
        self.project = Project(f"{WORK}/bar-{time.monotonic_ns()}")
        self.project.must("task-start", "1.1")
        self.master, slave = pty.openpty()
        self.size(columns)
        environment = self.project.environment(**{"TERM": "xterm", **variables})
        self.settings = termios.tcgetattr(slave)
        self.process = subprocess.Popen([tool("task-progress"), "1.1", "--stream", "--bar"], stdin=subprocess.PIPE, stderr=slave,
                                        cwd=self.project.path, env=environment, start_new_session=True)
        self.slave, self.sent, self.problems = slave, b"", []

    def size(self, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def say(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def read(self, seconds=0.05):
        while select.select([self.master], [], [], seconds)[0]:
            self.sent += os.read(self.master, 65536)

    def until(self, text, seconds=PATIENCE):
        end = time.monotonic() + seconds
        while text not in self.lines()[-1] and not any(text in line for line in self.lines()):
            if time.monotonic() > end:
                self.problems.append(f"never showed {text!r}, but {self.lines()[-3:]!r}")
                return
            self.read()

    def lines(self):
        """The lines as they stand on the screen, colours taken out; anything else that acts on it is left to be found."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.sent.decode("utf-8", "replace")).replace("\r\n", "\n")
        return [line.split("\r\x1b[K")[-1] for line in text.split("\n")]

    def finish(self, ending=None):
        if ending:
            self.process.send_signal(ending)
        else:
            self.process.stdin.close()
        status = self.process.wait(PATIENCE)
        self.read()
        if not self.sent.endswith(b"\n"):
            self.problems.append(f"the cursor is left in the bar: {self.sent[-40:]!r}")
        if termios.tcgetattr(self.slave) != self.settings:
            self.problems.append("the terminal's settings are not what they were")
        rest = re.sub(rb"\r\x1b\[K|\x1b\[[0-9;]*m|\r\n", b"", self.sent)
        if re.search(rb"[\x00-\x1f\x7f]", rest):
            self.problems.append(f"more was sent than a bar needs: {rest[:200]!r}")
        os.close(self.master)
        os.close(self.slave)
        self.project.remove()
        return status


def drawn():
    """Part, percentage and message; the last report is what stays."""
    terminal = Terminal(80)
    terminal.say("0.4 half of the files")
    terminal.until("40%  half of the files")
    for n in range(2000):
        terminal.say(f"{n}/2000 file {n}")
    terminal.say("2000/2000 all of them")
    status = terminal.finish()
    last = terminal.lines()[-2]
    if status or not re.fullmatch(r"1\.1 ▕█+▏ 100%  all of them", last):
        terminal.problems.append(f"left with {status}, shows {last!r}")
    if b"\x1b[32m" not in terminal.sent:
        terminal.problems.append("no colour on a terminal that has it")
    drawings = terminal.sent.count(b"\r\x1b[K")
    if drawings > 60:
        terminal.problems.append(f"{drawings} drawings of 2002 reports")
    verdict("the bar", terminal.problems, f"{drawings} drawings of 2002 reports, the last one stays", 2, drawings)


def plain():
    """NO_COLOR, a locale without Unicode, a dumb terminal."""
    problems = []
    terminal = Terminal(80, NO_COLOR="1", LC_ALL="C")
    terminal.say("0.5 größer")
    terminal.until("[####")
    terminal.finish()
    if b"\x1b[3" in terminal.sent or re.search(rb"[\x80-\xff]", terminal.sent):
        problems.append(f"colour, or characters it does not show: {terminal.sent!r}")
    problems += terminal.problems
    terminal = Terminal(80, TERM="dumb")
    terminal.say("0.5 x")
    terminal.process.stdin.close()
    terminal.process.wait(PATIENCE)
    terminal.read()
    if terminal.sent:
        problems.append(f"a dumb terminal was sent {terminal.sent!r}")
    verdict("plain terminals", problems, "NO_COLOR, ASCII, dumb")


def widths():
    """Whatever the width, a line is shorter than it, and follows it."""
    problems, seen = [], 0
    for columns in (1, 5, 12, 20, 40, 79, 200):
        terminal = Terminal(columns, NO_COLOR="1")
        terminal.say("0.333 " + "漢字 wide and narrow " * 20)
        terminal.until("▕" if columns >= 40 else "1" if columns > 1 else "…")
        terminal.finish()
        problems += terminal.problems
        for line in terminal.lines():
            width = sum(2 if ord(c) >= 0x2E80 else 1 for c in line)
            if width >= max(2, columns):
                problems.append(f"{width} of {columns} columns: {line!r}")
            seen += 1
    terminal = Terminal(40, NO_COLOR="1")
    terminal.say("0.5 " + "w" * 60)
    terminal.until("w…")
    terminal.size(120)
    terminal.process.send_signal(signal.SIGWINCH)
    terminal.until("w" * 60)
    terminal.finish()
    verdict("widths", problems + terminal.problems, f"{seen} lines at 7 widths, and a change of width", 7, seen)


def private():
    """What is shown is what is recorded: no secret, nothing that acts on the terminal."""
    terminal = Terminal(160)
    terminal.say(f'{{"progress": 0.5, "message": "key {TOKEN} \\u001b]0;title\\u0007\\u202e\\nnext"}}')
    terminal.until("REDACTED")
    terminal.finish()
    if TOKEN[4:16].encode() in terminal.sent:
        terminal.problems.append("a secret was shown")
    verdict("what is shown", terminal.problems, "a token, an escape sequence, a line feed: none gets through")


def messages():
    """A message has a line of its own, and the bar comes back below it."""
    terminal = Terminal(100, NO_COLOR="1")
    terminal.say("0.1 one")
    terminal.until("10%  one")
    terminal.say("no report")
    terminal.say("0.2 two")
    terminal.until("20%  two")
    status = terminal.finish()
    shown = [line for line in terminal.lines() if line]
    if status != 65 or not shown[0].startswith("task-progress: cannot read line 2: ") or "20%  two" not in shown[-1] or len(shown) != 2:
        terminal.problems.append(f"left with {status}, shows {shown!r}")
    verdict("messages beside the bar", terminal.problems, "a line of their own, the bar below")


def interrupted():
    """INT, QUIT, TERM and HUP leave the last news on a line of its own and the terminal as it was."""
    problems = []
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
        terminal = Terminal(80, NO_COLOR="1")
        terminal.say("0.1 one")
        terminal.until("one")
        terminal.say("0.7 seven")
        time.sleep(0.02)
        status = terminal.finish(number)
        if status != -number or "70%  seven" not in terminal.lines()[-2]:
            problems.append(f"{number.name}: {status}, shows {terminal.lines()!r}")
        problems += terminal.problems
    verdict("interrupted", problems, "4 signals: the last news stays, nothing is to be put back")


def stopped():
    """A terminal that takes nothing (Ctrl-S) does not hold up what is recorded."""
    terminal = Terminal(80)
    terminal.say("0.1 one")
    terminal.until("one")
    termios.tcflow(terminal.slave, termios.TCOOFF)
    time.sleep(0.2)
    for n in range(3000):
        terminal.say(f"0.5 report {n}")
    end = time.monotonic() + PATIENCE
    while terminal.project.bytes("droid_status").count(b"\n") < 3001 and time.monotonic() < end:
        time.sleep(0.01)
    count = terminal.project.bytes("droid_status").count(b"\n")
    if count != 3001:
        terminal.problems.append(f"{count} of 3001 reports are on record")
    termios.tcflow(terminal.slave, termios.TCOON)
    terminal.finish()
    verdict("a terminal that is stopped", terminal.problems, "3001 reports recorded meanwhile")


for check in (drawn, plain, widths, private, messages, interrupted, stopped):
    check()
leave()
