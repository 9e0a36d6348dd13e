"""What the tests of hooks share: a project, a hook that is run as a harness runs it, and the journal it leaves."""
import glob
import json
import os
import subprocess
import sys

TOOLS, WORK = os.environ["TOOLS"], os.environ["WORK"]
# Words of prompts and of what tools were given or answered: none of them may stand in any file afterwards.
PROMPT, COMMAND, CONTENT, OUTPUT, MESSAGE = "PROMPTWORD", "COMMANDWORD", "CONTENTWORD", "OUTPUTWORD", "MESSAGEWORD"
PRIVATE = (PROMPT, COMMAND, CONTENT, OUTPUT, MESSAGE)

failures = 0


def check(name, condition, detail=""):
    global failures
    failures += not condition
    print(f"ok {name}" if condition else f"FAILED {name}: {detail}", flush=True)
    return condition


def finish():
    sys.exit(1 if failures else 0)


class Project:
    def __init__(self, name):
        self.root = os.path.join(WORK, name)
        os.makedirs(os.path.join(self.root, ".git"))
        self.logs = os.path.join(self.root, ".droid-forge", "logs")
        self.state = os.path.join(self.logs, ".state")

    def environment(self, extra=None):
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LC_ALL")}
        return kept | (extra or {})

    def run(self, *words, **options):
        return subprocess.run(words, cwd=self.root, env=self.environment(options.pop("env", None)), capture_output=True,
                              timeout=60, **options)

    def start(self, harness, payload, *more, env=None):
        """Starts a hook; the payload is an object, or bytes as they are."""
        data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        process = subprocess.Popen([f"{TOOLS}/track-hook", harness, *more], cwd=self.root, env=self.environment(env),
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return process, data

    def end(self, process, data):
        """What is wrong with how a hook ended; nothing when nothing is."""
        try:
            output, errors = process.communicate(data, timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            return "it does not end"
        return "".join([
            f"status {process.returncode} " if process.returncode else "", f"stdout {output!r} " if output else "",
            f"stderr {errors!r}" if errors else "",
        ])

    def hook(self, harness, payload, *more, env=None):
        return self.end(*self.start(harness, payload, *more, env=env))

    def lines(self, stream="events"):
        try:
            with open(os.path.join(self.logs, f"{stream}.ndjson"), "rb") as file:
                content = file.read()
        except FileNotFoundError:
            return []
        assert content.endswith(b"\n"), "the last line is torn"
        return [json.loads(line) for line in content.splitlines()]

    def of_type(self, kind):
        return [line for line in self.lines() if line["event_type"] == kind]

    def starts(self, kind="session"):
        return [line for line in self.of_type("task.execution.started") if line["details"].get("kind") == kind]

    def endings(self):
        return [line for line in self.lines() if line["event_type"] in ("task.execution.completed", "task.execution.abandoned")]

    def ending(self, start):
        return [line for line in self.endings() if line["execution_id"] == start["execution_id"]]

    def log(self):
        try:
            with open(os.path.join(self.state, "hook.log"), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def leaks(self):
        """Private words in any file below the project."""
        found = []
        for path in glob.glob(os.path.join(self.root, "**"), recursive=True, include_hidden=True):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    content = file.read()
                found += [(word, path) for word in PRIVATE if word.encode() in content]
        return found
