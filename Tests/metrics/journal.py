"""Puts the lines together: each event once, each execution once, and what is known of droids besides.

Written against the definitions of DESIGN and of the report, not against the code that is tested.
"""
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from reading import number, text

STARTED, COMPLETED, ABANDONED = (f"task.execution.{word}" for word in ("started", "completed", "abandoned"))
REPORT, RESULT, VALIDATED, METRICS = "droid.self_report", "task.result", "task.result.validated", "performance.metrics"
AUDIT_NOTE = "audit note"
OURS = {
    STARTED, COMPLETED, ABANDONED, REPORT, RESULT, VALIDATED, METRICS, "audit.recorded", AUDIT_NOTE, "task.scheduled",
    "task.started", "task.completed", "task.failed", "droid.started", "droid.completed", "git.commit",
}
# The statuses of endings, in the order in which those of one moment stand.
ENDINGS = "completed", "failed", "timeout", "abandoned"
ENDED = ENDINGS[:3]
SPOKEN = {None: "completed", "success": "completed", "failure": "failed", "error": "failed"} | {word: word for word in ENDINGS}
UNKNOWN_DROID = "unknown-droid"
NEVER = -(1 << 63)


def before(time):
    """The place of a moment in an order in which an unknown one comes first."""
    return NEVER if time is None else time


@dataclass
class Note:
    """A start or an ending; lines that tell the same one are joined, of what they tell differently the least holds."""

    time: int | None
    kind: str
    known: dict
    is_late: bool = False

    def join(self, other):
        for key, value in other.known.items():
            mine = self.known.get(key)
            self.known[key] = value if mine is None else mine if value is None else min(mine, value)
        self.is_late |= other.is_late


@dataclass(eq=False)
class Execution:
    id: str
    start: Note | None
    end: Note | None
    is_late: bool
    history: "History"

    def __post_init__(self):
        first = [note.known for note in (self.start, self.end) if note]
        pick = lambda key: next((known[key] for known in first if known.get(key) is not None), None)
        self.task, self.droid = pick("task"), pick("droid")
        self.droid = UNKNOWN_DROID if self.droid is None else self.droid
        self.outcome = self.end.kind if self.end else "open"
        self.started = self.start.time if self.start else None
        self.ended = self.end.time if self.end else None
        self.limit = self.start.known["limit"] if self.start else None
        self.error = self.end.known["error"] if self.end else None
        self.is_session = bool(self.start and self.start.known["session"])
        self.duration = self.end.known["duration"] if self.end else None
        if self.duration is None and None not in (self.started, self.ended):
            self.duration = max(0.0, (self.ended - self.started) / 1e6)
        self.reason = (self.end.known["reason"] or "unknown") if self.outcome == "abandoned" else None

    @property
    def has_ended(self):
        return self.outcome in ENDED

    @property
    def order(self):
        return self.id.encode(), before(self.started)


@dataclass
class History:
    """What the lines say of one execution id."""

    starts: dict = field(default_factory=dict)
    endings: dict = field(default_factory=dict)
    reports: list = field(default_factory=list)
    successes: list = field(default_factory=list)
    validations: list = field(default_factory=list)

    def add(self, notes, identity, note):
        if identity in notes:
            notes[identity].join(note)
            return False
        notes[identity] = note
        return True

    def executions(self, identity):
        """Endings go to starts in order of time; an ending replaces an abandonment, the others go to what is left."""
        starts = [self.starts[key] for key in sorted(self.starts)]
        endings = [self.endings[key] for key in sorted(self.endings)]
        finals = [note for note in endings if note.kind != "abandoned"]
        given_up = [note for note in endings if note.kind == "abandoned"]
        count = max(len(starts), 1 if endings else 0)
        left = max(0, count - len(finals))
        replaced = given_up[:max(0, len(given_up) - left)]
        ends = (finals + given_up[len(replaced):])[:count]
        ends += [None] * (count - len(ends))
        for place in range(count):
            start, end = starts[place] if place < len(starts) else None, ends[place]
            late = False
            if end and end.kind != "abandoned":
                late = end.is_late
                if place < len(replaced):
                    earlier = replaced[place].time
                    late |= None in (earlier, end.time) or earlier <= end.time
            yield Execution(identity, start, end, late, self)

    @property
    def surplus(self):
        return max(0, sum(key[1] < 3 for key in self.endings) - max(1, len(self.starts)))


@dataclass
class Droid:
    reports: int = 0
    notes: int = 0
    times: list = field(default_factory=list)

    @property
    def seen(self):
        return max(self.times, default=None)


class Journal:
    def __init__(self, logs, run=None):
        self.problems, self.repeats = list(logs.problems), 0
        self.types = Counter()
        self.droids, self.histories = defaultdict(Droid), defaultdict(History)
        self.reports, self.usage, self.times, self.metrics = [], [], [], []
        self.seen = set()
        for line in logs.lines:
            if run is None or line.run == run:
                self.take(line)
        self.executions = [e for identity, history in self.histories.items() for e in history.executions(identity)]

    def take(self, line):
        kind = line.type
        if kind is None and "event_type" not in line.fields:
            kind = {"droid_status": REPORT, "audit": AUDIT_NOTE}.get(line.stream)
        if kind is None or (kind in (STARTED, COMPLETED, ABANDONED) and not line.execution):
            return self.problems.append((line.file, line.place))
        if kind == STARTED:
            is_new = self.start(line)
        elif kind in (COMPLETED, ABANDONED):
            is_new = self.end(line, kind)
        else:
            is_new = (kind, line.identity) not in self.seen
            self.seen.add((kind, line.identity))
            if is_new:
                self.count(line, kind)
        if not is_new:
            self.repeats += 1
            return
        self.types[kind] += 1
        self.see(line, kind)

    def start(self, line):
        limit = number(line.details.get("timeout_seconds"))
        known = {"task": line.task, "droid": line.droid, "limit": limit if limit and limit > 0 else None,
                 "session": line.details.get("kind") == "session" or None}
        history = self.histories[line.execution]
        return history.add(history.starts, (before(line.time), line.droid or ""), Note(line.time, "started", known))

    def end(self, line, kind):
        status = "abandoned" if kind == ABANDONED else SPOKEN.get(line.status)
        duration = number(line.details.get("duration_seconds"))
        known = {
            "task": line.task, "droid": line.droid, "duration": duration if duration is not None and duration >= 0 else None,
            "reason": text(line.fields.get("reason")), "error": text(line.details.get("error")),
        }
        note = Note(line.time, status or "completed", known, line.details.get("late") is True)
        history = self.histories[line.execution]
        is_new = history.add(history.endings, (before(line.time), ENDINGS.index(note.kind)), note)
        if is_new:
            self.measure(line)
            if status is None:
                self.problems.append((line.file, line.place))
        return is_new

    def count(self, line, kind):
        droid = UNKNOWN_DROID if line.droid is None else line.droid
        history = self.histories[line.execution] if line.execution is not None else None
        if kind == REPORT:
            self.reports.append((line.time, droid, line.task, text(line.details.get("event_type")) or "unspecified"))
            self.droids[droid].reports += 1
            self.measure(line)
            if history and line.time is not None:
                history.reports.append((line.time, number(line.details.get("progress")), text(line.details.get("message"))))
        elif kind == RESULT and history:
            history.successes.append(line.fields.get("success") is not False)
        elif kind == VALIDATED and history:
            problems = line.fields.get("problems")
            texts = [text(value) for value in problems if isinstance(value, str)] if isinstance(problems, list) else []
            history.validations.append((text(line.fields.get("category")) or "unknown", texts))
        elif kind == AUDIT_NOTE:
            self.droids[droid].notes += 1

    def measure(self, line):
        droid = UNKNOWN_DROID if line.droid is None else line.droid
        for key in ("cpu_percent", "memory_mb", "disk_io_mb"):
            value = number(line.details.get(key))
            if value is not None and value >= 0:
                self.usage.append((key, droid, value, line.time, line.execution, line.task))

    def see(self, line, kind):
        if line.time is None:
            return self.problems.append((line.file, line.place))
        self.times.append(line.time)
        if kind == METRICS:
            self.metrics.append(line.time)
        if line.droid is not None and kind not in (ABANDONED, METRICS):
            self.droids[line.droid].times.append(line.time)
