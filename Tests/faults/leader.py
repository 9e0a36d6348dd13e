"""Leads a session on a terminal as an interactive shell does: runs one job in the foreground and tells how it ended.

    leader.py FD PROGRAM [ARGUMENT...]

FD gets `stopped` when the job is stopped, which is continued a little later, and at last the job's wait status.
"""

import fcntl
import os
import resource
import signal
import sys
import termios
import time

report, argv = int(sys.argv[1]), sys.argv[2:]
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
# Whoever is not in the foreground is stopped when he gives the terminal away.
signal.signal(signal.SIGTTOU, signal.SIG_IGN)

job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    # Whoever runs the tests may ignore some, as a shell does for what it starts in the background.
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        try:
            signal.signal(number, signal.SIG_DFL)
        except OSError:
            pass  # One that the C library keeps to itself.
    os.close(report)
    os.execvp(argv[0], argv)

# A shell whose terminal is closed passes that on to its jobs.
signal.signal(signal.SIGHUP, lambda *_: (os.killpg(job, signal.SIGHUP), os.killpg(job, signal.SIGCONT)))
while True:
    _, status = os.waitpid(job, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        break
    os.write(report, b"stopped\n")
    time.sleep(0.3)
    os.killpg(job, signal.SIGCONT)
os.write(report, b"%d\n" % status)
