"""What the journal tells of commands: limits, kills, beats, resources; and commands that run where nothing can be told."""

import contextlib
import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time

from harness import LONG, WORK, leave, tool, verdict
from project import Project, whole_problems

SPIN = "import time\nend=time.process_time()+{}\nwhile time.process_time()<end: pass\n"


def project(name, configuration=""):
    return Project(f"{WORK}/{name}", configuration)


def endings(project):
    return [e for e in project.events() if e["event_type"] in ("task.execution.completed", "task.execution.abandoned")]


def reports(project):
    return [e for e in project.events() if e["event_type"] == "droid.self_report"]


def start(project, *words, **options):
    options.setdefault("stdin", subprocess.DEVNULL)
    options.setdefault("stdout", subprocess.DEVNULL)
    options.setdefault("stderr", subprocess.DEVNULL)
    return subprocess.Popen([tool("task-run"), *words], cwd=project.path, env=project.environment(), **options)


def wait_for(condition, what, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"{what} never came")
        time.sleep(0.02)


def is_alive(pid):
    """Whether a process runs: one that nobody has waited for yet does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def pids_in(path):
    with open(path) as file:
        return [int(word) for word in file.read().split()]


def killed():
    """KILL of task-run: the command is gone with it, and the sweep tells of it."""
    problems = []
    for number, way in enumerate(([], ["--timeout", "60"])):
        here = project(f"killed-{number}")
        told = f"{here.path}/pids"
        process = start(here, "1.1", *way, "--", "sh", "-c", f"trap '' TERM HUP; echo $$ >{told}.new; mv {told}.new {told}; while :; do sleep 0.1; done")
        wait_for(lambda: os.path.exists(told), "the command")
        process.kill()
        process.wait()
        pid = pids_in(told)[0]
        try:
            wait_for(lambda: not is_alive(pid), "the command's end", 5)
        except AssertionError as error:
            problems.append(f"{way}: {error}")
            os.kill(pid, signal.SIGKILL)
        here.must("track-sweep")
        if [e.get("reason") for e in endings(here)] != ["process_gone"]:
            problems.append(f"{way}: told {endings(here)}")
        problems += whole_problems(here)
    # With a limit the command has a group of its own, and all of that goes, however deep.
    here = project("killed-deep")
    told = f"{here.path}/pids"
    process = start(here, "1.1", "--timeout", "60", "--", "sh", "-c",
                    f"sh -c 'sleep 62.5 & echo $! >{told}.new; mv {told}.new {told}; wait'; exit 1")
    wait_for(lambda: os.path.exists(told), "the command")
    process.kill()
    process.wait()
    pid = pids_in(told)[0]
    try:
        wait_for(lambda: not is_alive(pid), "the end of what the command had started", 5)
    except AssertionError as error:
        problems.append(f"deep: {error}")
        os.kill(pid, signal.SIGKILL)
    verdict("task-run is killed", problems, "the command is gone, the sweep tells process_gone, 2 ways; with a limit its group")


def any_moment():
    """Told to stop, or killed, at any moment of its life: nothing lives on, and every start has one ending."""
    problems, cases = [], 0
    for way in ([], ["--timeout", "60"]):
        for number, name in ((signal.SIGTERM, "TERM"), (signal.SIGINT, "INT"), (signal.SIGKILL, "KILL")):
            here = project(f"moment-{name}-{len(way)}")
            mark = f"600.{os.getpid()}{len(way)}{int(number)}"
            for round in range(15 if not LONG else 300):
                process = start(here, "1.1", *way, "--", "sleep", mark, start_new_session=True)
                time.sleep(random.uniform(0, 0.03))
                process.send_signal(number)
                try:
                    if process.wait(20) != -number:
                        problems.append(f"{name} {way}: left with {process.returncode}")
                except subprocess.TimeoutExpired:
                    problems.append(f"{name} {way}: lives on")
                    process.kill()
                cases += 1
            wait_for(lambda: not sleepers(mark), f"the end of the commands after {name}", 5)
            here.must("track-sweep")
            problems += [f"{name} {way}: {problem}" for problem in whole_problems(here)]
    verdict("told to stop or killed at any moment", problems, f"{cases} moments, nothing lives on, every start has its ending", 90, cases)


def sleepers(mark):
    """The processes that were started with a mark."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                if file.read() == b"sleep\0" + mark.encode() + b"\0":
                    found.append(int(pid))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def limits():
    problems, cases = [], 0

    def case(name, words, expected, least, most):
        nonlocal cases
        here = project(f"limit-{cases}")
        cases += 1
        began = time.monotonic()
        came = here.run("task-run", "1.1", *words)
        took = time.monotonic() - began
        told = [(e["status"], e["details"].get("exit_code"), e["details"].get("signal")) for e in endings(here)]
        if (came.status, told[0][0] if len(told) == 1 else told) != expected or not least <= took <= most:
            problems.append(f"{name}: {came}, told {told}, took {took:.2f} s")
        return here

    case("heeds TERM", ["--timeout", "500ms", "--", "sleep", "20"], (-15, "timeout"), 0.5, 6)
    case("handles TERM", ["--timeout", "500ms", "--", "sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.1; done"], (3, "timeout"), 0.5, 6)
    case("ignores TERM", ["--timeout", "500ms", "--grace", "500ms", "--", "sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"],
         (-9, "timeout"), 1, 7)
    case("is stopped", ["--timeout", "500ms", "--", "sh", "-c", "kill -STOP $$"], (-15, "timeout"), 0.5, 6)
    case("ends before", ["--timeout", "20", "--", "sh", "-c", "exit 4"], (4, "failed"), 0, 5)
    case("none", ["--timeout", "0", "--", "sh", "-c", "sleep 0.5; exit 4"], (4, "failed"), 0.5, 5)

    # Grandchildren that stay in the group: one that heeds TERM, one that ignores it, one left behind by its parent.
    here = project("limit-group")
    told = f"{here.path}/pids"
    script = (f"(exec sleep 60) & echo $! >>{told}; (trap '' TERM; while :; do sleep 0.1; done) & echo $! >>{told};"
              f"(sh -c 'sleep 60 & echo $! >>{told}'); wait")
    came = here.run("task-run", "1.1", "--timeout", "1", "--grace", "1", "--", "sh", "-c", script)
    left = [pid for pid in pids_in(told) if is_alive(pid)]
    if len(pids_in(told)) != 3 or left or came.status != -15 or [e["status"] for e in endings(here)] != ["timeout"]:
        problems.append(f"grandchildren: {came}, {len(left)} of {len(pids_in(told))} left, told {endings(here)}")
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    # What was left behind before the limit, and heeds TERM, is waited for by somebody else: nothing waits for the grace.
    here = project("limit-orphan")
    began = time.monotonic()
    came = here.run("task-run", "1.1", "--timeout", "500ms", "--grace", "30", "--", "sh", "-c", "(sleep 100 &); exec sleep 100")
    if came.status != -15 or time.monotonic() - began > 8:
        problems.append(f"orphans that end within the grace are waited for: {came}, {time.monotonic() - began:.1f} s")
    # Where all of them heed TERM nothing waits for the grace.
    here = project("limit-prompt")
    began = time.monotonic()
    came = here.run("task-run", "1.1", "--timeout", "500ms", "--grace", "30", "--", "sh", "-c", "(trap 'sleep 0.5; exit' TERM; while :; do sleep 0.1; done) & sleep 60")
    if time.monotonic() - began > 8:
        problems.append(f"a group that ends within the grace is waited for: {time.monotonic() - began:.1f} s")

    here = project("limit-enforced", "performance:\n  execution_tracking:\n    default_timeout: 1\n    enforce_timeout: true\n")
    came = here.run("task-run", "1.1", "--", "sleep", "20")
    if came.status != -15 or [e["status"] for e in endings(here)] != ["timeout"]:
        problems.append(f"enforce_timeout: {came}")
    here = project("limit-default", "performance:\n  execution_tracking:\n    default_timeout: 1\n")
    came = here.run("task-run", "1.1", "--", "sleep", "1.5")
    if came.status != 0 or [e["status"] for e in endings(here)] != ["completed"]:
        problems.append(f"the default limit: {came}")
    verdict("limits", problems, f"{cases + 5} limits", 6, cases)


def groups():
    """Without a limit the command is in our group, with one in its own."""
    problems = []
    for words, is_ours in (([], True), (["--timeout", "60"], False)):
        here = project(f"group-{is_ours}")
        process = start(here, "1.1", *words, "--", "sh", "-c", "ps -o pgid= -p $$", stdout=subprocess.PIPE, start_new_session=True)
        group = int(process.communicate(timeout=20)[0])
        if (group == process.pid) != is_ours:
            problems.append(f"{words}: group {group}, ours {process.pid}")
    verdict("process groups", problems, "ours without a limit, its own with one")


def broken(name, here, words=("sh", "-c", "echo out; exit 7"), strict_status=None, lines=1, is_told=False):
    """A command runs although nothing can be recorded, with one line; TRACK_STRICT=1 keeps it from running."""
    problems = []
    came = here.run("task-run", "1.1", "--", *words)
    if came.status != 7 or came.out != b"out\n":
        problems.append(f"{name}: {came}")
    if came.err.count(b"\n") != lines or not came.err.startswith(b"task-run: "):
        problems.append(f"{name}: said {came.err!r}")
    if strict_status is not None:
        came = here.run("task-run", "1.1", "--", *words, env=here.environment(TRACK_STRICT="1"))
        if came.status != strict_status or came.out or came.err.count(b"\n") != 1:
            problems.append(f"{name}, strict: {came}")
    return problems


@contextlib.contextmanager
def locked(here):
    """Holds the journal's lock."""
    with open(f"{here.state}/journal.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def nothing_can_be_recorded():
    problems = []
    here = project("broken-configuration", "logging:\n  format: xml\n")
    problems += broken("configuration", here, strict_status=78)
    here = project("broken-directory")
    os.makedirs(f"{here.path}/.droid-forge")
    open(f"{here.path}/.droid-forge/logs", "w").close()
    problems += broken("log directory", here, strict_status=73)
    here = project("broken-project")
    came = here.run("task-run", "1.1", "--project", "/no/such/project", "--", "sh", "-c", "exit 7")
    if came.status != 7 or came.err.count(b"\n") != 1:
        problems.append(f"project: {came}")
    # A limit on the size of files, which the command is to be under as well, stands for a full disk.
    here = project("broken-disk")
    here.must("task-start", "0")
    full = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    came = here.run("task-run", "1.1", "--", "sh", "-c", "exit 7", preexec_fn=full)
    if came.status != 7 or came.err.count(b"\n") != 1:
        problems.append(f"disk: {came}")
    came = here.run("task-run", "1.1", "--", "sh", "-c", "exit 7", preexec_fn=full, env=here.environment(TRACK_STRICT="1"))
    if came.status not in (73, 74) or came.err.count(b"\n") != 1:
        problems.append(f"disk, strict: {came}")
    # A lock that is not to be had costs the wait; both events are spooled, which is said once.
    here = project("held-lock")
    here.must("task-start", "0")
    with locked(here):
        problems += broken("lock", here)
    here.must("track-sweep")
    told = [(e["task_id"], e["status"]) for e in endings(here)]
    if told != [("1.1", "failed")]:
        problems.append(f"lock: after the sweep the endings are {told}")
    # Where the spool fails as well there is nothing left but the line.
    here = project("held-lock-no-spool")
    here.must("task-start", "0")
    open(f"{here.state}/spool", "w").close()
    with locked(here):
        problems += broken("lock and spool", here, strict_status=75)
    verdict("nothing can be recorded", problems, "6 reasons: the command runs, one line; strict keeps it from running")


def usage():
    here = project("usage")
    problems = []
    calls = [["1.1"], ["1.1", "--"], [], ["--", "true"], ["a/b", "--", "true"], ["1.1", "--timeout", "soon", "--", "true"],
             ["1.1", "--retries", "many", "--", "true"], ["1.1", "--tail", "0", "--", "true"], ["1.1", "--no-such", "--", "true"],
             ["1.1", "true"], ["1.1", "--context", "x", "--", "true"]]
    for call in calls:
        came = here.run("task-run", *call[:-1], *(["touch", f"{here.path}/ran"] if call[-1:] == ["true"] else call[-1:]))
        if came.status != 64 or came.err.count(b"\n") != 1 or os.path.exists(f"{here.path}/ran"):
            problems.append(f"{call}: {came}")
    verdict("usage", problems, f"{len(calls)} calls refused with 64, nothing was run", 11, len(calls))


def record_of(here):
    folder = [name for name in os.listdir(here.state) if name.startswith("ledger-")][0]
    name = [name for name in os.listdir(f"{here.state}/{folder}/open") if not name.startswith(".")][0]
    with open(f"{here.state}/{folder}/open/{name}", "rb") as file:
        return file.read(64).split()


def beats():
    """The ledger is touched without a line, one wake-up a beat, and it costs next to nothing."""
    here = project("beats")
    process = start(here, "1.1", "--heartbeat", "1", "--", "sleep", "8")
    wait_for(lambda: here.bytes("events"), "the start")
    time.sleep(2.4)
    first = record_of(here)
    before = here.bytes("events")
    cpu = lambda: sum(int(n) for n in open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()[11:13])
    switches = lambda: sum(int(line.split()[1]) for line in open(f"/proc/{process.pid}/status") if "voluntary_ctxt" in line and "non" not in line)
    spent, woken = cpu(), switches()
    time.sleep(4)
    problems = []
    if record_of(here)[0] != b"open" or record_of(here)[1] <= first[1]:
        problems.append(f"the ledger was not touched: {first}, then {record_of(here)}")
    if here.bytes("events") != before:
        problems.append("a beat wrote a line")
    percent = (cpu() - spent) / os.sysconf("SC_CLK_TCK") / 4 * 100
    woken = switches() - woken
    if woken > 12:
        problems.append(f"{woken} waits in 4 beats")
    process.wait(20)
    if [e["details"]["event_type"] for e in reports(here)] != ["resource_usage"]:
        problems.append(f"reports: {reports(here)}")
    verdict("beats", problems, f"no line, {woken} waits and {percent:.1f} % of a core in 4 beats a second apart")


def self_reports():
    here = project("reports")
    here.run("task-run", "1.1", "--heartbeat", "500ms", "--report-every", "1s", "--", sys.executable, "-c", SPIN.format(2.3))
    told = [e["details"] for e in reports(here)]
    problems = []
    if len(told) < 3 or any(d["event_type"] != "resource_usage" or d["cpu_percent"] <= 0 or d["memory_mb"] <= 1 for d in told):
        problems.append(f"told {told}")
    here = project("reports-off", "performance:\n  execution_tracking:\n    enable_self_reporting: false\n")
    here.run("task-run", "1.1", "--heartbeat", "200ms", "--report-every", "200ms", "--", "sleep", "0.7")
    if reports(here) or len(endings(here)) != 1:
        problems.append("reports are written although they are switched off")
    verdict("self-reports", problems, f"{len(told)} in a run of 2.3 s, every second and at the end; none where they are off")


def resources():
    here = project("resources")
    script = SPIN.format(0.4) + (
        "import os,subprocess,sys\nheld=bytearray(80<<20)\nfor i in range(0,len(held),4096): held[i]=1\n"
        "subprocess.run([sys.executable,'-c','import time;h=bytearray(60<<20)\\nfor i in range(0,len(h),4096): h[i]=1\\ntime.sleep(0.8)'])\n"
        "with open('big','wb') as f: f.write(b'x'*(9<<20)); f.flush(); os.fsync(f.fileno())\n"
        "open('big','rb').read()\n")
    here.run("task-run", "1.1", "--heartbeat", "100ms", "--", sys.executable, "-c", script)
    told = endings(here)[0]["details"]["resources"]
    bounds = {"cpu_seconds": (0.4, 5), "cpu_percent": (5, 110), "peak_memory_bytes": (140 << 20, 260 << 20),
              "context_switches": (1, 1e6), "read_bytes": (9 << 20, 60 << 20), "written_bytes": (9 << 20, 9.5 * (1 << 20)),
              "disk_read_bytes": (0, 100 << 20), "disk_written_bytes": (0, 12 << 20)}
    problems = [f"{key} is {told.get(key)}, expected {low} to {high}" for key, (low, high) in bounds.items()
                if not low <= told.get(key, -1) <= high]
    verdict("resources", problems, json.dumps(told))


def tails():
    """The end of standard error is kept at nobody's cost: the command's, what it leaves behind, or who waits for the end."""
    problems = []
    # What is left in the background writes on, and what it says arrives.
    here = project("tail-background")
    with open(f"{here.path}/err", "wb") as file:
        process = start(here, "1.1", "--tail", "100", "--", "sh", "-c", "(sleep 1; echo late >&2; echo ok >made) & echo early >&2; exit 3", stderr=file)
        if process.wait(20) != 3 or os.path.exists(f"{here.path}/made"):
            problems.append(f"background: left with {process.returncode}, or waited for it")
    try:
        wait_for(lambda: os.path.exists(f"{here.path}/made"), "what the background makes", 5)
        wait_for(lambda: open(f"{here.path}/err").read() == "early\nlate\n", "what the background says", 5)
    except AssertionError as error:
        problems.append(f"background: {error}")
    if endings(here)[0]["details"].get("stderr_tail") != "early\n":
        problems.append(f"background: told {endings(here)[0]['details']}")
    # Nor is anything held open that it does not hold: standard output is at its end with the command.
    here = project("tail-output")
    began = time.monotonic()
    process = start(here, "1.1", "--tail", "100", "--", "sh", "-c", "(sleep 3) >/dev/null & echo out; exit 3", stdout=subprocess.PIPE)
    if process.stdout.read() != b"out\n" or time.monotonic() - began > 2.5:
        problems.append(f"output: is held open for {time.monotonic() - began:.1f} s")
    process.wait(20)
    # A reader who takes nothing holds up neither the limit nor a signal nor the ending; what it takes later is all there.
    for name, words, script, number, expected in (
        ("ends", [], "exit 3", None, (3, "failed")),
        ("limit", ["--timeout", "1", "--grace", "1"], "sleep 60", None, (-15, "timeout")),
        ("told", [], "exec sleep 60", signal.SIGTERM, (-15, "failed")),
        ("full", ["--timeout", "1", "--grace", "1"], "head -c 1000000 /dev/zero >&2; sleep 60", None, (-15, "timeout")),
    ):
        here = project(f"tail-stalled-{name}")
        reading, writing = os.pipe()
        began = time.monotonic()
        process = start(here, "1.1", *words, "--tail", "100", "--", "sh", "-c", f"head -c 100000 /dev/zero | tr '\\0' x >&2; {script}",
                        stderr=writing)
        os.close(writing)
        if number:
            time.sleep(1)
            process.send_signal(number)
        try:
            came = process.wait(15)
        except subprocess.TimeoutExpired:
            came = "nothing"
        took = time.monotonic() - began
        told = endings(here)
        if (came, told[0]["status"] if told else None) != expected or took > 8:
            problems.append(f"stalled, {name}: left with {came} after {took:.1f} s, told {told}")
        if came == "nothing":
            os.close(reading)
            process.kill()
            process.wait()
            continue
        if name != "full" and told and told[0]["details"].get("stderr_tail") != "x" * 100:
            problems.append(f"stalled, {name}: kept {told[0]['details'].get('stderr_tail')!r}")
        data = b""
        while chunk := os.read(reading, 65536):
            data += chunk
        os.close(reading)
        if name != "full" and data != b"x" * 100000:
            problems.append(f"stalled, {name}: {len(data)} of 100000 bytes arrived")
    # What carries it is no part of what the command used.
    here = project("tail-resources")
    here.run("task-run", "1.1", "--tail", "100", "--", "sh", "-c", "head -c 10000000 /dev/zero >&2; exit 3")
    used = endings(here)[0]["details"]["resources"]
    if not 10_000_000 <= used["written_bytes"] < 11_000_000 or not 10_000_000 <= used["read_bytes"] < 11_000_000:
        problems.append(f"resources: {used}")
    verdict("tails", problems, "what is left behind writes on; a reader who takes nothing holds nothing up, 4 ways; its cost is not the command's")


def retries():
    problems = []
    here = project("retries", "performance:\n  max_retries: 2\n  retry_delay: 100ms\n")
    began = time.monotonic()
    came = here.run("task-run", "1.1", "--retries", "config", "--", "sh", "-c", "echo x >>tries; [ $(wc -l <tries) -ge 3 ]")
    took = time.monotonic() - began
    starts = [e for e in here.events() if e["event_type"] == "task.execution.started"]
    chain = [(e["details"]["attempt"], e["details"].get("retry_of")) for e in starts]
    ids = [e["execution_id"] for e in starts]
    if came.status != 0 or chain != [(1, None), (2, ids[0]), (3, ids[1])] or not 0.3 <= took < 5:
        problems.append(f"{came}, {chain}, {took:.2f} s")
    if [e["status"] for e in endings(here)] != ["failed", "failed", "completed"] or len({e["run_id"] for e in starts}) != 1:
        problems.append(f"told {[(e['status'], e['run_id']) for e in endings(here)]}")
    here = project("retries-none")
    here.run("task-run", "1.1", "--", "false")
    if "attempt" in json.dumps(here.events()):
        problems.append("an attempt is counted where no retries were asked for")
    # Who is told to stop stops, and is not run again.
    here = project("retries-told")
    process = start(here, "1.1", "--retries", "5", "--retry-delay", "0", "--", "sh", "-c", "trap 'exit 3' TERM; : >up; while :; do sleep 0.1; done")
    wait_for(lambda: os.path.exists(f"{here.path}/up"), "the command")
    time.sleep(0.2)
    process.terminate()
    if process.wait(20) != 3 or len(endings(here)) != 1:
        problems.append(f"told to stop: {process.returncode}, {len(endings(here))} attempts")
    here = project("retries-pause")
    process = start(here, "1.1", "--retries", "5", "--retry-delay", "60", "--", "false")
    wait_for(lambda: endings(here), "the first ending")
    time.sleep(0.3)
    process.terminate()
    if process.wait(20) != -15 or len(endings(here)) != 1:
        problems.append(f"told to stop in a pause: {process.returncode}")
    # Inside the execution that an orchestrator started, the first attempt is that one.
    here = project("retries-joined")
    outer = here.must("task-start", "1.1")
    came = here.run("task-run", "1.1", "--retries", "1", "--retry-delay", "0", "--", "false", env=here.environment(DROID_EXECUTION_ID=outer))
    told = endings(here)
    if [e["execution_id"] == outer for e in told] != [True, False] or len({e["run_id"] for e in told}) != 1 or len(came.err.splitlines()) != 1:
        problems.append(f"joined: {came}, {[(e['execution_id'], e['run_id']) for e in told]}")
    attempts = [(e["execution_id"] == outer, e["details"]["attempt"]) for e in here.events() if "attempt" in e["details"]]
    if attempts != [(True, 1), (False, 2)]:
        problems.append(f"joined: the attempts told are {attempts}")
    # What is ended at its limit has failed, whatever it makes of TERM.
    here = project("retries-limit")
    here.run("task-run", "1.1", "--retries", "1", "--retry-delay", "0", "--timeout", "300ms", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.1; done")
    if [e["status"] for e in endings(here)] != ["timeout", "timeout"]:
        problems.append(f"at the limit: {[e['status'] for e in endings(here)]}")
    verdict("retries", problems, "attempts and their order, told to stop, in a pause, joined")


killed()
any_moment()
limits()
groups()
nothing_can_be_recorded()
usage()
beats()
self_reports()
resources()
tails()
retries()
leave()
