"""A journal in a directory of its own, made by the tools."""

import json
import os
import shutil
import subprocess


class Journal:
    def __init__(self, tools, path):
        self.tools, self.path = tools, path
        self.logs = f"{path}/.droid-forge/logs"
        os.makedirs(f"{path}/home", exist_ok=True)
        with open(f"{path}/droid-forge.yaml", "a"):
            pass

    def run(self, name, *arguments, stdin=None):
        environment = {"PATH": "/usr/bin:/bin", "HOME": f"{self.path}/home", "LC_ALL": "C.UTF-8"}
        return subprocess.run([f"{self.tools}/{name}", *arguments], cwd=self.path, env=environment, input=stdin,
                              stdin=None if stdin is not None else subprocess.DEVNULL, capture_output=True, timeout=60)

    def must(self, name, *arguments, **options):
        ran = self.run(name, *arguments, **options)
        assert ran.returncode == 0, f"{name} {arguments}: {ran}"
        return ran.stdout.decode()

    def copy(self, path):
        shutil.copytree(self.path, path, symlinks=True)
        return Journal(self.tools, path)

    def file(self, name):
        return f"{self.logs}/{name}"

    def lines(self, name):
        with open(self.file(name), "rb") as file:
            return file.read().splitlines(keepends=True)

    def write(self, name, lines):
        with open(self.file(name), "wb") as file:
            file.write(b"".join(lines))

    def files(self):
        return sorted(name for name in os.listdir(self.logs) if name != ".state")

    def verify(self, *arguments):
        """The status, and the findings as `code file:line`."""
        ran = self.run("track-verify", "--json", *arguments)
        if not ran.stdout:
            return ran.returncode, ran.stderr.decode()
        report = json.loads(ran.stdout.splitlines()[-1])
        return ran.returncode, [f"{f['code']} {f['file']}:{f.get('line', '-')}" for f in report["findings"]]


def full(tools, path):
    """A journal with a line of every type, and with every key that the tools write."""
    journal = Journal(tools, path)
    journal.must("task-start", "1.1", "Add the login form", "--droid", "frontend", "--timeout", "10m", "--context", "a=1")
    journal.must("task-progress", "1.1", "0.5", "half of the files read", "--cpu-percent", "12.5", "--memory-mb", "100", "--disk-io-mb", "3")
    journal.must("task-progress", "1.1", "--error", "one row skipped", "--status", "waiting")
    journal.must("task-done", "1.1", "--file-created", "a.ts", "--tests-run", "4", "--coverage", "91.5")
    journal.must("task-start", "1.2", "Die", "--owner-pid", str(os.getpid()))
    journal.run("task-fail", "1.2", "--error", "it broke", "--exit-code", "3", "--line", "7")
    journal.must("task-start", "1.3", "Hang")
    journal.must("task-start", "1.3", "Again", "--supersede")
    journal.must("task-run", "2.1", "Run", "--", "true")
    journal.run("task-run", "2.2", "Fail", "--", "sh", "-c", "echo no >&2; exit 3")
    for event in (("git.commit", "--sha", "a1b2c3d", "--message", "m"), ("task.scheduled", "--task", "9"), ("droid.started",),
                  ("audit.recorded", "--action", "note", "--set", "k=v")):
        journal.must("track-event", *event)
    journal.must("track-metrics", "--record")
    journal.must("track-sweep", "--timeout", "0", "--force", "-q")
    late = [json.loads(line) for line in journal.lines("events.ndjson")]
    abandoned = next(e["execution_id"] for e in late if e["event_type"] == "task.execution.abandoned" and e["reason"] == "timeout")
    journal.must("task-done", "--execution", abandoned)
    journal.must("track-sweep", "--seal", "-q")
    return journal
