"""A terminal of a test's own: a program runs in it, and what it has drawn can be read as lines."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

SEQUENCE = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])")


class Terminal:
    def __init__(self, command, columns, rows, environment=None):
        self.columns, self.rows = columns, rows
        self.written = b""
        self.modes = {}
        self.clear()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            # The child waits until its terminal has a size.
            os.read(0, 1)
            # Whoever runs the tests may ignore some, as nohup and a shell in the background do.
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", **(environment or {})})
        self.settings = termios.tcgetattr(self.descriptor)
        self.resize(columns, rows, tell=False)
        os.write(self.descriptor, b"\n")

    def clear(self):
        self.screen = [[" "] * self.columns for _ in range(self.rows)]
        self.row = self.column = 0

    def resize(self, columns, rows, tell=True):
        self.columns, self.rows = columns, rows
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if tell:
            self.clear()

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def read(self, seconds):
        """Takes in what the program writes for some seconds; false when it has left."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([self.descriptor], [], [], left)[0]:
                return True
            try:
                data = os.read(self.descriptor, 65536)
            except OSError:
                return False
            if not data:
                return False
            self.written += data
            self.draw(data.decode(errors="replace"))
        return True

    def wait_for(self, text, seconds=10):
        """Reads until the screen shows a text; false when it does not in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if text in self.text:
                return True
            if not self.read(0.1):
                break
        return text in self.text

    def leave(self, seconds=5):
        """The status with which the program ends, a signal as a negative number; None when it does not end."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return None

    @property
    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.screen)

    def draw(self, text):
        place = 0
        while place < len(text):
            match = SEQUENCE.match(text, place)
            if match:
                self.control(*match.groups())
                place = match.end()
                continue
            character = text[place]
            place += 1
            if character == "\r":
                self.column = 0
            elif character == "\n":
                self.row = min(self.row + 1, self.rows - 1)
            elif self.column < self.columns:
                self.screen[self.row][self.column] = character
                self.column += 1
            else:
                self.modes["beyond the last column"] = True

    def control(self, parameters, final):
        if final in "hl" and parameters.startswith("?"):
            self.modes[parameters[1:]] = final == "h"
        elif final == "H":
            self.row = self.column = 0
        elif final == "K":
            self.screen[self.row][self.column:] = [" "] * (self.columns - self.column)
        elif final == "J":
            if parameters == "2":
                self.clear()
            else:
                self.control("", "K")
                for row in range(self.row + 1, self.rows):
                    self.screen[row] = [" "] * self.columns
        elif final != "m":
            self.modes[f"unknown sequence {parameters}{final}"] = True
