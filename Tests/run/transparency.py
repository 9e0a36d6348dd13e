"""What a command meets under task-run that it would meet without it: words, environment, descriptors, signals, statuses.

A check runs a command plain and under task-run, without a limit and with one, and compares what it tells.
"""

import os
import signal
import subprocess
import sys
import time

from harness import TOOLS, WORK, each, leave, run, tool, verdict
from project import Project

WAYS = {"without a limit": [], "with a limit": ["--timeout", "60"]}
TELL = f"{WORK}/tell.py"

# What a process finds. Python ignores some signals by itself, so what is told of signals comes from cp.
with open(TELL, "w") as file:
    file.write(r"""
import os, resource, sys
found = {}
for line in open(sys.argv[1] + ".status"):
    if line.startswith(("SigBlk", "SigIgn", "Umask", "NoNewPrivs")):
        found[line.split(":")[0]] = line.split()[1]
found["descriptors"] = sorted(d for d in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{d}"))
found["core"] = resource.getrlimit(resource.RLIMIT_CORE)
found["place"] = os.getcwd()
found["nice"] = os.nice(0)
with open(sys.argv[1], "w") as file:
    file.write(repr(sorted(found.items())))
""")


def command(way, *words):
    return [tool("task-run"), "1.1", *WAYS[way], "--", *words]


def statuses():
    """Every exit status, and every signal a program can die by."""
    project = Project(f"{WORK}/statuses")
    problems, cases = [], 0
    numbers = [number for number in range(1, 32) if number not in (17, 18, 19, 20, 21, 22, 23, 28)]
    wanted = [(f"exit {code}", code) for code in range(256)] + [(f"kill -{n} $$; exit 99", -n) for n in numbers]

    def one(case):
        script, status = case
        way = "without a limit" if status % 5 else "with a limit"
        came = project.run("task-run", "1.1", *WAYS[way], "--", "sh", "-c", f"ulimit -c 0; {script}").status
        return [] if came == status else [f"{script}: left with {came}"]

    for found in each(one, wanted, workers=4):
        problems, cases = problems + found, cases + 1
    details = [e["details"] for e in project.events() if e["event_type"] == "task.execution.completed"]
    codes = sorted(d["exit_code"] for d in details if "exit_code" in d)
    if codes != list(range(256)):
        problems.append("the endings do not tell all the exit statuses")
    if len([d for d in details if "signal" in d]) != len(numbers):
        problems.append("the endings do not tell all the signals")
    verdict("statuses", problems, f"256 exit statuses and {len(numbers)} signals, each as it was", 270, cases)


def not_executed():
    project = Project(f"{WORK}/not-executed")
    with open(f"{project.path}/plain", "w") as file:
        file.write("exit 5\n")
    with open(f"{project.path}/script", "w") as file:
        file.write("exit 5\n")
    os.chmod(f"{project.path}/script", 0o755)
    os.mkdir(f"{project.path}/folder")
    cases = {"no-such-program": 127, "./no/such": 127, "./plain": 126, "./folder": 126, "./script": 5, "": 127, "./plain/x": 127}
    problems = []
    for word, status in cases.items():
        for way in WAYS:
            came = project.run("task-run", "1.1", *WAYS[way], "--", word)
            if came.status != status:
                problems.append(f"'{word}' {way}: {came}")
            if status > 100 and (came.err.count(b"\n") != 1 or not came.err.startswith(b"task-run: cannot run '")):
                problems.append(f"'{word}' {way} is not told of: {came}")
    verdict("what cannot be executed", problems, f"{len(cases)} words, 127 and 126 as a shell gives")


def bytes_of_words():
    """Words and environment byte for byte, in their order, also such as are no text."""
    project = Project(f"{WORK}/words")
    with open(f"{project.path}/words.py", "w") as file:
        file.write("import os,sys\nopen(sys.argv[1],'wb').write(open('/proc/self/cmdline','rb').read())\n"
                   "open(sys.argv[1]+'.env','wb').write(open('/proc/self/environ','rb').read())\n")
    words = [b"\xff\xfe", b"", b"a b", b"--", b"--help", b"-h", b"--version", b"--timeout", "\u00e9\u202e".encode(), b"\n", b"x" * 100000,
             b"--generate-completion-script", b"bash"]
    environment = {b"PATH": b"/usr/bin:/bin", b"HOME": project.path.encode(), b"BROKEN": b"\xc3\x28", b"EMPTY": b"", b"LONG": b"y" * 100000,
                   b"DROID_RUN_ID": b"r-20260101-0000-abcd", b"TWO": b"a=b"}
    problems = []
    base = [sys.executable.encode(), f"{project.path}/words.py".encode()]
    for name, head in [("plain", [])] + [(way, [word.encode() for word in command(way)]) for way in WAYS]:
        out = f"{project.path}/out-{name}".encode()
        run([*head, *base, out, *words], env=environment, cwd=project.path)
    plain_words = open(f"{project.path}/out-plain", "rb").read()
    plain = open(f"{project.path}/out-plain.env", "rb").read().rstrip(b"\0").split(b"\0")
    for way in WAYS:
        if open(f"{project.path}/out-{way}", "rb").read() != plain_words.replace(b"out-plain", b"out-" + way.encode()):
            problems.append(f"{way}: the words differ")
        mine = open(f"{project.path}/out-{way}.env", "rb").read().rstrip(b"\0").split(b"\0")
        added = [entry.split(b"=")[0] for entry in mine if entry not in plain]
        if sorted(added) != [b"DROID_EXECUTION_ID", b"DROID_ID", b"TRACEPARENT"]:
            problems.append(f"{way}: new in the environment: {added}")
        if [entry for entry in plain if entry not in mine]:
            problems.append(f"{way}: lost from the environment: {[e[:40] for e in plain if e not in mine]}")
    verdict("words and environment", problems, f"{len(words)} words and {len(plain)} variables byte for byte")


def found_by(prefix, project, name, **options):
    out = f"{project.path}/found-{name}"
    script = 'cp /proc/self/status "$1.status"; exec "$2" "$3" "$1"'
    subprocess.run([*prefix, "sh", "-c", script, "sh", out, sys.executable, TELL], cwd=project.path, env=project.environment(), **options)
    with open(out) as file:
        return file.read()


def inherited():
    """What a process inherits besides."""
    def nothing():
        pass

    def ignoring():
        for number in (signal.SIGHUP, signal.SIGPIPE, signal.SIGXFSZ, signal.SIGCHLD, signal.SIGURG, signal.SIGTSTP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)

    def default():
        for number in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)

    def blocking():
        default()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGTERM, signal.SIGCHLD, signal.SIGRTMIN})

    def closed():
        default()
        for descriptor in (0, 1, 2):
            os.close(descriptor)

    def one_closed():
        default()
        os.close(0)

    def more():
        default()
        for descriptor in (7, 9):
            os.dup2(1, descriptor)
            os.set_inheritable(descriptor, True)
        os.umask(0o027)
        os.nice(3)

    problems, cases = [], 0
    for number, prepare in enumerate((nothing, default, ignoring, blocking, closed, one_closed, more)):
        for way in WAYS:
            project = Project(f"{WORK}/inherited-{number}-{list(WAYS).index(way)}")
            options = {"preexec_fn": prepare, "restore_signals": False, "close_fds": prepare is not more,
                       "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            plain = found_by([], project, "plain", **options)
            mine = found_by(command(way), project, "mine", **options)
            if plain != mine:
                problems.append(f"{prepare.__name__} {way}:\n  plain {plain}\n  under {mine}")
            if len([e for e in project.events() if e["event_type"] == "task.execution.completed"]) != 1:
                problems.append(f"{prepare.__name__} {way}: no ending is recorded")
            cases += 1
    verdict("descriptors, signals, limits", problems, f"{cases} surroundings, found as without it", 14, cases)


def wait_for(path, seconds=20):
    end = time.monotonic() + seconds
    while not os.path.exists(path):
        if time.monotonic() > end:
            raise AssertionError(f"{path} never came")
        time.sleep(0.01)


def details(project):
    return [e["details"] for e in project.events() if e["event_type"] == "task.execution.completed"]


def forwarded():
    """Signals sent to task-run reach the command once, and the ending is told."""
    problems, cases = [], 0
    names = ["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "WINCH"]
    for way in WAYS:
        for name in names:
            project = Project(f"{WORK}/forwarded-{name}-{list(WAYS).index(way)}")
            ready, got = f"{project.path}/ready", f"{project.path}/got"
            script = (f"import os,signal,time\ncount=[]\nsignal.signal(signal.SIG{name},lambda *_:count.append(1))\n"
                      f"open('{ready}','w').close()\nsignal.pause()\ntime.sleep(0.2)\n"
                      f"open('{got}','w').write(str(len(count)))\nos._exit(40)\n")
            process = subprocess.Popen(command(way, sys.executable, "-c", script), cwd=project.path, env=project.environment(),
                                       start_new_session=True)
            wait_for(ready)
            time.sleep(0.1)
            process.send_signal(getattr(signal, "SIG" + name))
            status = process.wait(20)
            count = open(got).read()
            if (status, count) != (40, "1") or [d.get("exit_code") for d in details(project)] != [40]:
                problems.append(f"{name} {way}: status {status}, came {count} times, told {details(project)}")
            cases += 1
            # A program that does not expect it dies by it, and so do we.
            if name != "WINCH":
                process = subprocess.Popen(command(way, "sh", "-c", f"ulimit -c 0; : >{ready}2; exec sleep 30"), cwd=project.path,
                                           env=project.environment(), start_new_session=True)
                wait_for(ready + "2")
                time.sleep(0.15)
                process.send_signal(getattr(signal, "SIG" + name))
                status = process.wait(20)
                if status != -getattr(signal, "SIG" + name) or details(project)[-1].get("signal") != name:
                    problems.append(f"{name} {way}: died with {status}, told {details(project)[-1]}")
                cases += 1
    verdict("signals are passed on", problems, f"{cases} cases, each once, its ending told", 26, cases)


def told_to_stop_before():
    """A signal that comes while the start is being recorded: the command does not run, or gets it; the ending is told."""
    project = Project(f"{WORK}/before")
    lock = f"{project.state}/journal.lock"
    project.must("task-start", "0")
    project.must("task-done", "0")
    problems = []
    holder = subprocess.Popen(["flock", lock, "sleep", "1"])
    time.sleep(0.2)
    process = subprocess.Popen(command("without a limit", "sleep", "30"), cwd=project.path, env=project.environment(),
                               stderr=subprocess.DEVNULL)
    time.sleep(0.3)
    process.terminate()
    status = process.wait(20)
    holder.wait()
    if status != -signal.SIGTERM or details(project)[-1].get("signal") != "TERM":
        problems.append(f"left with {status}, told {details(project)[-1]}")
    verdict("told to stop before the command runs", problems, "dies by TERM, which is told")


def hang_up_ignored():
    """Under nohup a hang-up does nothing."""
    problems = []
    for way in WAYS:
        project = Project(f"{WORK}/nohup-{list(WAYS).index(way)}")
        ready = f"{project.path}/ready"
        process = subprocess.Popen(["nohup", *command(way, "sh", "-c", f": >{ready}; sleep 1; exit 6")], cwd=project.path,
                                   env=project.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(ready)
        process.send_signal(signal.SIGHUP)
        if process.wait(20) != 6:
            problems.append(f"{way}: left with {process.returncode}")
        # It tells nobody to stop, either: what fails is run again.
        project = Project(f"{WORK}/nohup-again-{list(WAYS).index(way)}")
        ready = f"{project.path}/ready"
        words = [tool("task-run"), "1.1", *WAYS[way], "--retries", "1", "--retry-delay", "0", "--", "sh", "-c", f": >{ready}; sleep 1; exit 6"]
        process = subprocess.Popen(["nohup", *words], cwd=project.path, env=project.environment(), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        wait_for(ready)
        process.send_signal(signal.SIGHUP)
        if process.wait(20) != 6 or len(details(project)) != 2:
            problems.append(f"{way}, with retries: left with {process.returncode} after {len(details(project))} attempts")
    verdict("nohup", problems, "a hang-up does nothing, 2 ways, with retries and without")


def few_descriptors():
    """Where hardly a descriptor is left the command runs all the same, and what goes wrong is told."""
    problems, cases = [], 0
    for number in range(4, 16):
        for words in ([], ["--tail", "9", "--timeout", "9"]):
            project = Project(f"{WORK}/few-{number}-{len(words)}")
            came = project.run("task-run", "1.1", *words, "--", "sh", "-c", "exit 5", prefix=["prlimit", f"--nofile={number}"])
            if came.status != 5:
                problems.append(f"{number} {words}: {came}")
            came = project.run("task-run", "1.1", *words, "--", "/no/such", prefix=["prlimit", f"--nofile={number}"])
            if came.status != 127 or b"cannot run '/no/such'" not in came.err:
                problems.append(f"{number} {words}, not executed: {came}")
            cases += 2
    verdict("few descriptors", problems, f"{cases} cases, the command's status and the reason", 48, cases)


def stopped_alone():
    """Whoever stops the command alone, as cpulimit does, and continues it: the caller notices nothing."""
    problems = []
    for way in WAYS:
        project = Project(f"{WORK}/alone-{list(WAYS).index(way)}")
        told = f"{project.path}/pid"
        process = subprocess.Popen(command(way, "sh", "-c", f"echo $$ >{told}.new; mv {told}.new {told}; sleep 0.6; exit 3"),
                                   cwd=project.path, env=project.environment(), start_new_session=True)
        wait_for(told)
        pid = int(open(told).read())
        for _ in range(3):
            os.kill(pid, signal.SIGSTOP)
            time.sleep(0.1)
            if open(f"/proc/{process.pid}/stat").read().split()[2] == "T":
                problems.append(f"{way}: task-run is stopped as well")
            os.kill(pid, signal.SIGCONT)
        try:
            if process.wait(20) != 3:
                problems.append(f"{way}: left with {process.returncode}")
        except subprocess.TimeoutExpired:
            problems.append(f"{way}: never came to an end")
            process.kill()
    verdict("the command is stopped alone", problems, "2 ways, 3 times each")


def streams():
    """Nothing is buffered in between, and what goes through comes out as it went in."""
    project = Project(f"{WORK}/streams")
    data = os.urandom(3_000_000)
    problems = []
    for way in WAYS:
        came = run(command(way, "sh", "-c", "tee /dev/stderr"), input=data, stdin=None, cwd=project.path, env=project.environment())
        if came.out != data or came.err != data:
            problems.append(f"{way}: {len(came.out)} and {len(came.err)} bytes of {len(data)}")
        process = subprocess.Popen(command(way, "cat"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=project.path,
                                   env=project.environment())
        process.stdin.write(b"now")
        process.stdin.flush()
        if os.read(process.stdout.fileno(), 3) != b"now":
            problems.append(f"{way}: something was held back")
        process.stdin.close()
        process.wait(20)
    came = run([tool("task-run"), "1.1", "--tail", "100", "--", "sh", "-c", "cat >&2"], input=data, stdin=None, cwd=project.path,
               env=project.environment())
    if came.err != data:
        problems.append(f"--tail: {len(came.err)} bytes of {len(data)}")
    # Who reads standard error goes away: the program is told as it would be, and does not write for ever.
    reading, writing = os.pipe()
    process = subprocess.Popen([tool("task-run"), "1.2", "--tail", "100", "--", "sh", "-c", "yes >&2"], cwd=project.path,
                               env=project.environment(), stderr=writing)
    os.close(writing)
    os.read(reading, 10)
    os.close(reading)
    try:
        if process.wait(20) not in (-signal.SIGPIPE, 128 + signal.SIGPIPE):
            problems.append(f"--tail without a reader: left with {process.returncode}")
    except subprocess.TimeoutExpired:
        problems.append("--tail without a reader: writes for ever")
        process.terminate()
        process.wait(20)
    verdict("streams", problems, "3 MB through standard input, output and error, as they were")


statuses()
not_executed()
bytes_of_words()
inherited()
forwarded()
told_to_stop_before()
hang_up_ignored()
few_descriptors()
stopped_alone()
streams()
leave()
