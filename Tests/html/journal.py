"""Made-up journals: the same lines for the same seed."""
import json
import random
from datetime import datetime, timedelta, timezone

HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "</style></title><svg onload=alert(1)>",
    "&lt;b&gt; &amp; <b>bold</b> ]]> -->",
    "javascript:alert(1)",
    "\u202egnp.exe \u2066x\u2069 \x1b[31mred\x07 \x00",
    "עברית " + "W" * 400,
]

DROIDS = {
    # name: median seconds, spread, part completed, part failed, part timed out, part abandoned
    "schema-designer": (240, 0.7, 0.93, 0.05, 0.01, 0.01),
    "implementer": (900, 0.9, 0.82, 0.12, 0.03, 0.03),
    "unit-tester": (45, 1.1, 0.74, 0.22, 0.02, 0.02),
    "reviewer": (120, 0.5, 0.97, 0.02, 0.00, 0.01),
    "image-builder": (600, 0.4, 0.88, 0.04, 0.08, 0.00),
    "docs-writer": (75, 0.8, 0.95, 0.03, 0.00, 0.02),
    "flaky-importer": (30, 1.6, 0.35, 0.40, 0.10, 0.15),
}

ERRORS = [
    "tests failed: 3 of 214 (exit 1)", "tests failed: 17 of 214 (exit 1)", "cannot open src/model.py: no such file",
    "merge conflict in Package.swift", "connection to 10.0.0.7:5432 refused",
]


class Journal:
    def __init__(self, seed, end):
        self.chance = random.Random(seed)
        self.end = end
        self.lines = []
        self.results = []

    def add(self, time, kind, lines=None, **keys):
        line = {"timestamp": time.isoformat(timespec="microseconds"), "event_type": kind}
        line.update((key, value) for key, value in keys.items() if value is not None)
        line["event_id"] = f"{self.chance.getrandbits(128):032x}"
        (self.lines if lines is None else lines).append(json.dumps(line))

    def start(self, time, droid, task, limit=None):
        execution = f"exec-{int(time.timestamp())}-{task}-{self.chance.getrandbits(32):08x}"
        details = {"timeout_seconds": limit} if limit else {}
        ids = {"task_id": task, "droid_id": droid, "execution_id": execution}
        self.add(time, "task.execution.started", **ids, status="executing", details=details)
        return ids

    def report(self, time, ids, progress, message):
        details = {
            "event_type": "progress", "progress": progress, "message": message,
            "cpu_percent": round(self.chance.uniform(5, 180), 1), "memory_mb": round(self.chance.uniform(60, 900), 1),
            "disk_io_mb": round(self.chance.expovariate(0.05), 1),
        }
        self.add(time, "droid.self_report", **ids, details=details)

    def end_as(self, time, ids, status, seconds, error=None):
        details = {"duration_seconds": round(seconds, 6)}
        if error:
            details["error"] = error
        self.add(time, "task.execution.completed", **ids, status=status, details=details)
        result = {"files_modified": ["a.py"]} if status == "completed" else {"error": error}
        self.add(time, "task.result", self.results, **ids, success=status == "completed", result_data=result)
        problems = ["files_modified: not a list of paths"] if self.chance.random() < 0.1 else []
        category = self.chance.choice(["file_operations", "testing", "git_operations"]) if status == "completed" else "error"
        self.add(time, "task.result.validated", self.results, **ids, category=category, problems=problems)

    def abandon(self, time, ids, reason):
        self.add(time, "task.execution.abandoned", **ids, status="abandoned", reason=reason)

    def run(self, start, droid, task, shape):
        """One execution from its start to its end."""
        median, spread, completed, failed, timed_out, abandoned = shape
        seconds = median * self.chance.lognormvariate(0, spread)
        ids = self.start(start, droid, task, 7200)
        for part in (0.3, 0.7):
            self.report(start + timedelta(seconds=seconds * part), ids, part, f"step {int(part * 10)} of 10")
        end = start + timedelta(seconds=seconds)
        if end > self.end:
            return
        fate = self.chance.random() * (completed + failed + timed_out + abandoned)
        if fate < completed:
            self.end_as(end, ids, "completed", seconds)
        elif fate < completed + failed:
            self.end_as(end, ids, "failed", seconds, self.chance.choice(ERRORS))
        elif fate < completed + failed + timed_out:
            self.end_as(end, ids, "timeout", seconds, "stopped at its limit of 2h")
        else:
            self.abandon(end, ids, self.chance.choice(["process_gone", "silent", "timeout"]))


def realistic(end, seed=7):
    """Three weeks of seven droids and some hostile ones, with nights, a bad day and executions still open."""
    journal = Journal(seed, end)
    for day in range(21, -1, -1):
        count = journal.chance.randint(14, 40)
        for _ in range(count):
            hour = min(23.9, max(0, journal.chance.gauss(13, 3.5)))
            start = (end - timedelta(days=day)).replace(hour=0, minute=0) + timedelta(hours=hour)
            if start >= end:
                continue
            droid = journal.chance.choices(list(DROIDS), [3, 6, 9, 5, 2, 3, 2])[0]
            shape = DROIDS[droid]
            if day == 6:
                shape = (shape[0], shape[1], shape[2] * 0.4, shape[3] + 0.5, shape[4], shape[5])
            task = f"{journal.chance.randint(1, 9)}.{journal.chance.randint(1, 12)}"
            journal.run(start, droid, task, shape)
    for place, text in enumerate(HOSTILE):
        start = end - timedelta(hours=9 - place)
        ids = journal.start(start, text, text)
        journal.report(start + timedelta(seconds=40), ids, 0.5, text)
        journal.end_as(start + timedelta(seconds=90), ids, "failed", 90, text)
    for age, droid, progress, message in [
        (310, "implementer", 0.8, "writing the migration"), (95, "unit-tester", 0.15, "collecting tests"),
        (2400, "image-builder", 0.45, "layer 9 of 20"), (20000, "flaky-importer", None, None),
        (700, HOSTILE[0], 0.6, HOSTILE[1]),
    ]:
        ids = journal.start(end - timedelta(seconds=age), droid, f"{age % 9 + 1}.{age % 7}", 7200)
        if message:
            journal.report(end - timedelta(seconds=age / 3), ids, progress, message)
    return journal


def crowd(end, count=10_000):
    """Very many droids, each with a few executions."""
    journal = Journal(11, end)
    for number in range(count):
        for _ in range(2):
            start = end - timedelta(seconds=journal.chance.uniform(600, 5 * 86400))
            shape = (60, 1.0, 0.85, 0.1, 0.02, 0.03)
            journal.run(start, f"droid-{number:05d}", f"{number % 300}.{number % 17}", shape)
    return journal


def single(end):
    """One execution, as after trying the tools out."""
    journal = Journal(3, end)
    ids = journal.start(end - timedelta(seconds=12), "builder", "1.1")
    journal.end_as(end - timedelta(seconds=5), ids, "completed", 7)
    return journal


def now():
    return datetime.now(timezone.utc)
