"""What every harness stands on: the tools, a place to work, and how a verdict is told."""

import concurrent.futures
import os
import signal
import subprocess
import sys

TOOLS = os.environ["TOOLS"]
WORK = os.environ["WORK"]
LONG = bool(os.environ.get("TRACK_TEST_LONG"))

# What is ignored here would be ignored by every program under test: by one that nohup or a shell in the background started.
for _number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
    if signal.getsignal(_number) == signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL)

_failed = False


def ok(what, measured):
    print(f"ok {what}: {measured}", flush=True)


def fail(what, why):
    global _failed
    _failed = True
    lines = str(why).splitlines() or ["failed"]
    print(f"FAILED {what}: {lines[0]}", flush=True)
    for line in lines[1:20]:
        print(f"    {line}", flush=True)


def not_run(what, why):
    print(f"not run here: {what}: {why}", flush=True)


def verdict(what, problems, measured, least=1, count=None):
    """Fails with the first problems, or passes with what was measured; a check that looked at nothing fails."""
    if problems:
        fail(what, f"{len(problems)} problems ({measured})\n" + "\n".join(problems[:12]))
    elif count is not None and count < least:
        fail(what, f"looked at {count} cases only, expected at least {least}")
    else:
        ok(what, measured)


def leave():
    sys.exit(1 if _failed else 0)


class Ran:
    """How a process ended: status (negative for a signal), standard output and standard error."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __str__(self):
        return f"status {self.status}, stdout {self.out[:200]!r}, stderr {self.err[:300]!r}"


def run(argv, timeout=60, **options):
    """Runs a program; `input` is what it reads on standard input, else there is nothing to read."""
    if options.get("input") is None:
        options.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run(argv, capture_output=True, timeout=timeout, **options)
    return Ran(done.returncode, done.stdout, done.stderr)


def tool(name):
    return os.path.join(TOOLS, name)


def each(function, cases, workers=2):
    """The results of `function` for every case, some at a time, in the order of the cases."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, cases))
