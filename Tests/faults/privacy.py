"""Secrets in every text the tools take, and in none they give.

Invariants 26 and 27. Ten made-up secrets of every pattern go into every field, into ids, configuration and arguments that
are refused. What is looked for afterwards, with grep -F, is every part of twelve characters of every secret: in all files
of the projects and of the home, and in all that the tools said.
"""

import fcntl
import itertools
import json
import os
import random
import subprocess
import threading

import inputs
import tokens
from harness import LONG, TOOLS, WORK, each, leave, tool, verdict
from project import STREAMS, Project, line_problems, whole_problems

SEED = 26
COUNT = 20 if LONG else 10
VARIABLES, FROM_ENVIRONMENT = tokens.environment(12, SEED)
SECRETS = tokens.corpus(COUNT, SEED) + FROM_ENVIRONMENT
PARTS = {part: secret for secret in SECRETS for part in secret.parts()}
SAID = f"{WORK}/said"
said_lock = threading.Lock()


def call(project, argv, stdin=None, **variables):
    """Runs a tool, keeps what it said for grep; returns its status."""
    done = subprocess.run([tool(argv[0]), *argv[1:]], cwd=project.path, capture_output=True,
                          env={**project.environment(), **VARIABLES, **variables},
                          input=b"" if stdin is None else stdin.encode("utf-8", "surrogateescape"))
    with said_lock, open(SAID, "ab") as file:
        file.write(b"%s: %d\n%s%s\n" % (argv[0].encode(), done.returncode, done.stdout, done.stderr))
    return done.returncode, done.stderr


def survivors(*paths):
    """Secrets of which a part is found below the paths, each with a place."""
    listing = f"{WORK}/parts"
    if not os.path.exists(listing):
        with open(listing, "w") as file:
            file.write("\n".join(PARTS) + "\n")
    found = subprocess.run(["grep", "-rFoHZ", "--binary-files=text", "-f", listing, *paths], capture_output=True,
                           env={"PATH": os.environ["PATH"], "LC_ALL": "C"})
    if found.returncode > 1:
        raise AssertionError(found.stderr)
    places = set()
    for line in found.stdout.decode("utf-8", "replace").splitlines():
        path, part = line.split("\0", 1)
        places.add((PARTS[part], os.path.relpath(path, WORK).split("/")[0]))
    return sorted(f"row {secret.row} in {place}: {secret.text[:160]!r}" for secret, place in places)


def unsynced(name):
    """A project that does not wait for the disk."""
    return Project(f"{WORK}/{name}", "performance:\n  execution_tracking:\n    durability: none\n")


class Marks:
    """Numbers the texts, so that one that was never recorded cannot pass for one without its secret."""

    def __init__(self):
        self.number = itertools.count()
        self.given = []

    def mark(self, text):
        # What is left of a text must not depend on the mark: a line of its own.
        self.given.append(f"mark{next(self.number)}x")
        return f"{self.given[-1]}\n{text}"

    def missing(self, project):
        recorded = b"".join(project.bytes(stream) for stream in STREAMS)
        return [mark for mark in self.given if mark.encode() not in recorded]


def chunks(texts, size):
    return [texts[at:at + size] for at in range(0, len(texts), size)]


def together(secrets, size=24):
    """Secrets that may stand in one text: not after a private key without an end, which goes to the end of the text."""
    endless = [secret for secret in secrets if secret.row == 1 and "END" not in secret.text]
    return chunks([secret for secret in secrets if secret not in endless], size) + [[secret] for secret in endless]


def record(project, name, texts):
    """Calls the field's tool with the texts; returns what is wrong with its status."""
    argv, stdin = inputs.FIELDS[name](texts)
    if argv[0] in ("task-done", "task-fail"):
        call(project, ["task-start", "1.1", "--supersede"])
    status, err = call(project, argv, stdin)
    return [] if status == 0 else [f"{name}: status {status}: {err[:200]!r}"]


def try_field(name):
    project = unsynced(f"field-{name.replace(' ', '-')}")
    project.must("task-start", "1.0")
    marks, problems = Marks(), []
    # Lines of one text: at most so many that what takes their place is not cut off.
    for group in together(SECRETS):
        problems += record(project, name, [marks.mark(secret.text) for secret in group])
    if LONG:
        for secret, place in zip(SECRETS[::2], itertools.cycle(inputs.PLACES)):
            text = place.format(secret.text)
            # An operand that begins with a dash is an option.
            problems += record(project, name, [f" {text}" if text.startswith("-") else text])
    if name not in inputs.UNMARKED:
        problems += [f"{name}: {mark} is not on record" for mark in marks.missing(project)[:3]]
    return problems + line_problems(project)


def fields():
    problems = [problem for found in each(try_field, list(inputs.FIELDS)) for problem in found]
    return problems, f"{len(SECRETS)} secrets in {len(inputs.FIELDS)} fields"


def places():
    """Secrets at every place of a line; a header and a private key take the rest of it, so they are none of these."""
    project = unsynced("places")
    project.must("task-start", "1.0")
    problems, marks = [], Marks()
    chosen = [secret for secret in SECRETS if secret.row not in (1, 3)][::1 if LONG else 3]
    texts = [marks.mark(place.format(secret.text)) for secret in chosen for place in inputs.PLACES]
    for group in chunks(texts, 18):
        problems += record(project, "message", group)
    problems += [f"places: {mark} is not on record" for mark in marks.missing(project)[:3]]
    return problems, f"{len(marks.given)} places"


def cuts():
    """Secrets that lie across the length a text is cut to, a key, a message on stderr, and what is looked at of a text."""
    project = unsynced("cuts")
    project.must("task-start", "1.0")
    dice = random.Random(27)
    chosen = [dice.choice([s for s in SECRETS if s.row == row]) for row in sorted({s.row for s in SECRETS})]
    problems, count = [], 0
    for secret in chosen:
        bounds = [(256, 3 if LONG else 43), (2048, 1 if LONG else 37), (65536, 5 if LONG else 101)]
        for bound, step in bounds:
            first = bound - len(secret.text) - 24
            offsets = range(max(first, 0), bound + 8, step)
            texts = [("word " * (offset // 5 + 1))[-offset:] + f"{secret.text} and more" for offset in offsets]
            if bound == 65536:
                # What is left of the text is short, for the redaction shortens it.
                key = "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n"
                texts = [key.format("A" * (offset - 60)) + f" {secret.text} end" for offset in offsets]
                texts.append("x" * (bound - len(secret.text) // 2) + secret.text)
            count += len(texts)
            if bound == 256:
                problems += record(project, "result stdin", [*texts, *texts])
            for text in texts if bound != 256 else []:
                problems += record(project, "message", [text])
    return problems, f"{count} texts with {len(chosen)} secrets across a bound"


def refuse(secret, make, project):
    words = make(secret.text)
    variables = dict(word for word in words if isinstance(word, tuple))
    status, err = call(project, [word for word in words if isinstance(word, str)], "", **variables)
    if status not in (0, 64, 65, 66, 69, 73, 74, 77, 78):
        return [f"{words[0]}: status {status}: {err[:200]!r}"]
    return []


def refusals():
    """Arguments and ids that are refused do not come back in a message, but for names of people: a message names a path."""
    project = unsynced("refusals")
    project.must("task-start", "1.0")
    chosen = [secret for secret in SECRETS if secret.row != 30]
    if LONG:
        cases = [(secret, make) for secret in chosen[::8] for make in inputs.REFUSALS]
    else:
        cases = [(secret, inputs.REFUSALS[number % len(inputs.REFUSALS)]) for number, secret in enumerate(chosen)]
    problems = [p for found in each(lambda case: refuse(*case, project), cases) for p in found]
    return problems, f"{len(cases)} calls that were refused or said something again"


def configurations():
    """Values of a broken configuration."""
    project = Project(f"{WORK}/configurations")
    problems, broken = [], 0
    project.must("task-start", "1.0")
    chosen = [secret for secret in SECRETS if secret.row != 30 and "\n" not in secret.text]
    for number, secret in enumerate(chosen if LONG else chosen[::11]):
        text = secret.text + ("(" if number % len(inputs.CONFIGURATIONS) == 3 else "")
        with open(f"{project.path}/droid-forge.yaml", "w") as file:
            file.write(inputs.CONFIGURATIONS[number % len(inputs.CONFIGURATIONS)].format(json.dumps(text)))
        for argv in (["task-fail", "1.0", f"--error={secret.text}"], ["track-metrics"]):
            status, err = call(project, argv)
            broken += status == 78
            if status not in (0, 65, 66, 78):
                problems.append(f"configuration: status {status}: {err[:200]!r}")
    problems += survivors(project.logs)
    with open(f"{project.path}/droid-forge.yaml", "w") as file:
        file.write("")
    call(project, ["track-sweep"])
    return problems, f"{broken} errors of a broken configuration"


def spool():
    """What is spooled while somebody holds the lock, and what becomes of it."""
    project = unsynced("spool")
    project.must("task-start", "1.0")
    project.must("task-start", "1.1")
    marks, problems = Marks(), []
    with open(f"{project.state}/journal.lock", "r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for number, group in enumerate(together(SECRETS)):
            texts = [marks.mark(secret.text) for secret in group]
            text = "\n".join(texts)
            for argv in (["task-start", f"4.{number}", text], ["task-progress", "1.0", "--error", text],
                         ["task-done", f"4.{number}", "--set", "j:=" + inputs.nested(texts)]):
                status, err = call(project, [*argv, "--wait", "0"])
                problems += [] if status == 0 else [f"spooled: status {status}: {err[:200]!r}"]
        call(project, ["task-fail", "1.1", "--error", SECRETS[0].text, "--wait", "0"])
        waiting = len(project.spooled())
        problems += survivors(project.state)
    call(project, ["track-sweep"])
    problems += [f"spooled: {mark} is not on record" for mark in marks.missing(project)[:3]]
    return problems + whole_problems(project), f"{waiting} requests from the spool"


def redo():
    """What a writer leaves in the ledger that dies before it has written all."""
    project = Project(f"{WORK}/redo")
    problems = []
    for number, group in enumerate(together(SECRETS)[::1 if LONG else 4]):
        texts = "\n".join(secret.text for secret in group)
        project.must("task-start", f"5.{number}")
        subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
                        "inject=fdatasync:signal=KILL:when=1", tool("task-done"), f"5.{number}", "--set", f"log={texts}"], cwd=project.path,
                       env={**project.environment(), **VARIABLES}, capture_output=True)
    left = list(project.ledger().values()).count("closing")
    problems += survivors(project.state)
    call(project, ["track-sweep"])
    if left == 0:
        problems.append("no writer died before it had written all")
    return problems + whole_problems(project), f"{left} records a dead writer left"


def helper():
    """The shell helper's own texts."""
    project = unsynced("helper")
    track = f"{os.path.dirname(os.path.abspath(__file__))}/../../shell/track.sh"
    script = f"{project.path}/work.sh"
    with open(script, "w") as file:
        file.write(f". '{track}'\n"
                   'task_execution 6.1 "$T"\ntask_begin 6.2 "$T"\ntask_progress 0.5 "$T"\n'
                   'task_result "note=$T" --branch "$T"\n'
                   'task_end\ntask_begin "$ID"\ntask_end\ntask_begin 6.3\ntask_fail "$T"\ntask_end\ntask_end "$T"\nexit 3\n')
    problems, marks = [], Marks()
    for group in together(SECRETS)[::1 if LONG else 3]:
        text = "\n".join(marks.mark(secret.text) for secret in group)
        # A message about what is refused leaves names of people as they were given.
        refused = "\n".join(secret.text for secret in group if secret.row != 30)
        done = subprocess.run(["sh", script], cwd=project.path, capture_output=True, stdin=subprocess.DEVNULL,
                              env={**project.environment(PATH=f"{TOOLS}:/usr/bin:/bin", T=text, ID=refused), **VARIABLES})
        with open(SAID, "ab") as file:
            file.write(b"helper\n" + done.stdout + done.stderr)
        if done.returncode != 3:
            problems.append(f"helper: status {done.returncode}: {done.stderr[:300]!r}")
    problems += [f"helper: {mark} is not on record" for mark in marks.missing(project)[:3]]
    return problems, f"{len(marks.given)} secrets through the shell helper"


def reports():
    """Every report of every journal; what grep finds in them it finds in what was said."""
    count = 0
    for name in sorted(os.listdir(WORK)):
        if not os.path.isdir(f"{WORK}/{name}/.droid-forge"):
            continue
        project = Project(f"{WORK}/{name}")
        for argv in (["track-sweep", "--dry-run", "--json"], ["track-metrics"], ["track-metrics", "--json"],
                     ["track-metrics", "--issues"],
                     ["track-metrics", "--record"], ["track-sweep", "--timeout", "0"], ["track-metrics", "--full"]):
            call(project, argv)
            count += 1
    return [], f"{count} reports and sweeps"


def oracle():
    """The search finds what is there: a secret in the midst of a line."""
    path = f"{WORK}/oracle"
    os.makedirs(path)
    missed = []
    for number, secret in enumerate(SECRETS):
        with open(f"{path}/{number}", "w") as file:
            file.write(f"before {secret.secret[-14:] if chr(10) not in secret.secret else secret.secret} after")
    found = survivors(path)
    subprocess.run(["rm", "-r", path])
    if len(found) != len(SECRETS):
        missed.append(f"grep finds {len(found)} of {len(SECRETS)} secrets that are there")
    return missed


open(SAID, "wb").close()
problems, measured = oracle(), []
for part in (fields, places, cuts, refusals, configurations, spool, redo, helper, reports):
    found, what = part()
    problems += found
    measured.append(what)
folders = [f"{WORK}/{name}" for name in os.listdir(WORK) if os.path.isdir(f"{WORK}/{name}/.droid-forge")]
homes = [f"{folder}/home" for folder in folders]
problems += survivors(SAID, os.environ["HOME"], *homes, *(f"{folder}/.droid-forge" for folder in folders))
sought = f"{len(SECRETS)} secrets, {len(PARTS)} parts of them sought"
verdict("secrets", problems, f"{sought}: " + "; ".join(measured), 800, len(SECRETS))
leave()
