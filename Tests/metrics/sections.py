"""The report that a journal must give, section by section, in the shape of the report's JSON."""
from collections import Counter, defaultdict

from figures import durations, histogram, rate, tally, usage, wilson
from journal import OURS, before
from reading import timestamp
from templates import template

HOUR = 3_600_000_000
DAY = 24 * HOUR


class Selection:
    """What the report is asked for: an execution belongs to the time of its start, else of its ending."""

    def __init__(self, since=None, until=None, droid=None, task=None, sessions=False):
        self.since, self.until, self.droid, self.task, self.sessions = since, until, droid, task, sessions

    @property
    def past(self):
        """The same with all that came before it."""
        return Selection(None, self.until, self.droid, self.task, self.sessions)

    def holds(self, time):
        if self.since is None and self.until is None:
            return True
        return time is not None and before(self.since) <= time and (self.until is None or time < self.until)

    def admits(self, time, droid, task):
        return self.holds(time) and self.droid in (None, droid) and self.task in (None, task)

    def covers(self, execution):
        """Whether an execution, a session or not, is of what is asked for."""
        time = execution.ended if execution.started is None else execution.started
        return self.admits(time, execution.droid, execution.task)

    def counts(self, execution):
        """Whether it counts: a session only where sessions are asked for."""
        return self.covers(execution) and (self.sessions or not execution.is_session)


class Expected:
    def __init__(self, logs, journal, now, policy, selection):
        self.logs, self.journal, self.policy, self.selection = logs, journal, policy, selection
        # What is open is open now, whatever is selected; what happened lately did so before the end of the selection.
        self.now, self.end = now, now if selection.until is None else min(now, selection.until)
        self.all = journal.executions
        self.executions = [e for e in self.all if selection.counts(e)]
        self.sessions = [e for e in self.all if e.is_session and selection.covers(e)]
        self.by_droid = defaultdict(list)
        for execution in self.executions:
            self.by_droid[execution.droid].append(execution)
        self.open = sorted((e for e in self.executions if e.outcome == "open"), key=lambda e: (before(e.started), e.order))
        self.failures = [e for e in self.executions if e.outcome in ("failed", "timeout")]
        self.span = self.time_span()
        self.reports = [report for report in journal.reports if selection.admits(*report[:3])]
        self.droids = self.all_droids()

    def time_span(self):
        """From the first line to the last that is selected."""
        if not self.journal.times:
            return None
        first, last = min(self.journal.times), max(self.journal.times)
        span = max(first, before(self.selection.since)), min(last, max(self.end, first))
        return span if span[0] <= span[1] else None

    def report(self):
        own = tally(self.executions)
        return {
            "empty": not self.logs.files and not self.logs.unreadable, "data": self.data(), "executions": self.summary(),
            "timeline": self.timeline(), "total_tasks_completed": own["completed"], "active_tasks": own["open"],
            "droids": self.droids, "tasks": self.tasks(), "results": self.results(), "resources": self.resources(),
            "open": [self.open_execution(e) for e in self.open[:1000]], "open_count": len(self.open),
            "stuck_count": sum(map(self.is_stuck, self.open)), "recent": self.recent(),
            "recent_failures": self.recent_failures(),
        }

    def data(self):
        journal, times = self.journal, self.journal.times
        order = {file["file"]: place for place, file in enumerate(self.logs.files)}
        problems = sorted(journal.problems, key=lambda problem: (order[problem[0]], problem[1]))
        return {
            "directories": self.logs.directories, "files": self.logs.files,
            "lines": sum(file["lines"] for file in self.logs.files),
            "events": journal.types.total(), "repeats": journal.repeats, "repeats_forgotten": False, "bad_lines": len(problems),
            "problems": [{"file": file, "line": line} for file, line in problems[:100]],
            "unreadable": [{"file": file} for file in self.logs.unreadable],
            "last_metrics": timestamp(max(journal.metrics, default=None)),
            "first": timestamp(min(times, default=None)), "last": timestamp(max(times, default=None)),
            "event_types": dict(journal.types),
            "foreign_event_types": {kind: count for kind, count in journal.types.items() if kind not in OURS},
            "self_reports": dict(Counter(kind for *_, kind in self.reports)),
        }

    def summary(self):
        figures = tally(self.executions)
        return figures | {
            "ended": sum(e.has_ended for e in self.executions), "sessions": self.session_counts(), "without_start": sum(e.start is None for e in self.executions),
            "abandoned_by_reason": dict(Counter(e.reason for e in self.executions if e.outcome == "abandoned")),
            "shared_ids": sum(len(history.starts) > 1 for history in self.journal.histories.values()),
            "surplus_endings": sum(history.surplus for history in self.journal.histories.values()),
            "durations": durations(self.executions), "histogram": histogram(self.executions), "longest": self.longest(),
            "activity": {"hours": self.activity(HOUR, 48), "days": self.activity(DAY, 90)},
        }

    def session_counts(self):
        counts = tally(self.sessions)
        return {key: counts[key] for key in ("started", "completed", "failed", "timed_out", "abandoned", "open")}

    def longest(self):
        timed = [e for e in self.executions if e.has_ended and e.duration is not None]
        return [
            self.identity(e) | {"duration_seconds": e.duration, "outcome": e.outcome, "ended_at": timestamp(e.ended)}
            for e in sorted(timed, key=lambda e: (-e.duration, e.order))[:10]
        ]

    def activity(self, length, limit):
        """The hours or days up to the last line, without gaps, at most `limit`."""
        if not self.span:
            return []
        last = self.span[1] // length
        first = max(self.span[0] // length, last - limit + 1)
        starts = Counter(e.started // length for e in self.executions if e.started is not None)
        ends = Counter((e.ended // length, e.outcome) for e in self.executions if e.ended is not None)
        reports = Counter(time // length for time, *_ in self.reports if time is not None)
        return [
            {"begin": timestamp(place * length), "started": starts[place], "completed": ends[place, "completed"],
             "failed": ends[place, "failed"], "timed_out": ends[place, "timeout"], "abandoned": ends[place, "abandoned"],
             "self_reports": reports[place]}
            for place in range(first, last + 1)
        ]

    def identity(self, execution):
        return {"execution_id": execution.id, "task_id": execution.task, "droid_id": execution.droid}

    def timeline(self):
        newest = sorted((e for e in self.executions if e.started is not None), key=lambda e: (-e.started, e.order))[:300]
        return [
            self.identity(e) | {"started_at": timestamp(e.started), "ended_at": timestamp(e.ended), "outcome": e.outcome}
            for e in reversed(newest)
        ]

    def all_droids(self):
        # A report that names no droid is selected by its own time and told of the unknown one.
        reports = Counter(droid for _, droid, *_ in self.reports)
        names = set(self.by_droid) | {name for name, droid in self.journal.droids.items()
                                      if self.has_written(name, droid) or reports[name] and self.selection.task is None}
        figures = [self.droid(name, self.by_droid.get(name, []), reports[name]) for name in names]
        return sorted(figures, key=lambda droid: (-droid["started"], droid["droid"].encode()))

    def has_written(self, name, droid):
        """Whether a droid is told that started nothing: it wrote a line that is selected."""
        wanted = self.selection
        if wanted.task is not None or wanted.droid not in (None, name):
            return False
        # A line of an unknown time is selected only where no time is asked for.
        return any(map(wanted.holds, droid.times)) or (not droid.times and wanted.since is None and wanted.until is None)

    def droid(self, name, own, reports):
        known = self.journal.droids.get(name)
        ended = [e.ended for e in own if e.has_ended and e.ended is not None]
        seen = max(ended + ([known.seen] if known and known.seen is not None else []), default=None)
        figures = tally(own)
        return figures | {
            "droid": name, "success": wilson(figures["completed"], sum(e.has_ended for e in own)),
            "share": rate(len(own), len(self.executions)) or 0.0, "trend": self.trend(own), "durations": durations(own),
            "histogram": histogram(own), "last_seen": timestamp(seen), "audit_notes": known.notes if known else 0,
            "self_reports": reports,
        }

    def trend(self, own):
        """The success rates of the endings in twelve equal spans."""
        spans = [[] for _ in range(12)]
        for e in own:
            if e.has_ended and e.ended is not None and self.span and self.span[0] <= e.ended <= self.span[1]:
                part = (e.ended - self.span[0]) / max(1, self.span[1] - self.span[0])
                spans[min(11, int(part * 12))].append(e.outcome == "completed")
        return [rate(sum(span), len(span)) for span in spans]

    def tasks(self):
        by_task = defaultdict(list)
        for execution in self.executions:
            if execution.task is not None:
                by_task[execution.task].append(execution)

        def place(task):
            own = by_task[task]
            return -len(own), -max(before(e.ended if e.started is None else e.started) for e in own), task.encode()

        return {
            "count": len(by_task), "retried": sum(len(own) > 1 for own in by_task.values()),
            "tasks": [self.task(task, by_task[task]) for task in sorted(by_task, key=place)[:1000]],
        }

    def task(self, task, own):
        last = max(own, key=lambda e: (before(e.started), e.id.encode()))
        return tally(own) | {
            "task": task, "durations": durations(own), "droids": sorted({e.droid for e in own}, key=str.encode)[:10],
            "last_started": timestamp(last.started), "last_outcome": last.outcome,
        }

    def results(self):
        told = [e for e in self.executions if e.history.successes]
        categories, problems, valid = defaultdict(Counter), Counter(), 0
        validated = [e for e in self.executions if e.history.validations]
        for e in validated:
            category, wrong = self.validation(e)
            categories[category].update(count=1, invalid=int(bool(wrong)), failures=int(e.outcome in ("failed", "timeout")))
            problems.update(wrong)
            valid += not wrong
        errors = Counter(template(e.error) for e in self.failures if e.error is not None)
        keys = "count", "invalid", "failures"
        return {
            "results": len(told), "successes": sum(all(e.history.successes) for e in told),
            "validated": len(validated), "valid": valid,
            "validation_rate": rate(valid, len(validated)), "problems": self.most_frequent(problems, "problem"),
            "categories": [{"category": name} | {key: categories[name][key] for key in keys} for name in sorted(categories)],
            "errors": self.most_frequent(errors, "template"),
        }

    def validation(self, execution):
        """The gravest of several: that with more to say, else the category that comes first."""
        found = [
            (category, sorted({template(text) for text in wrong}, key=str.encode))
            for category, wrong in execution.history.validations
        ]
        return min(found, key=lambda one: ([-byte for byte in "\n".join(one[1]).encode()] + [1], one[0]))

    def most_frequent(self, counts, key):
        order = sorted(counts.items(), key=lambda item: (-item[1], item[0].encode()))
        return [{key: name, "count": count} for name, count in order[:20]]

    def resources(self):
        figures = defaultdict(list)
        for key, droid, value, time, _, task in self.journal.usage:
            if self.selection.admits(time, droid, task):
                figures[droid, key].append(value)
        keys = "cpu_percent", "memory_mb", "disk_io_mb"
        told = {droid for droid, _ in figures}
        order = [droid["droid"] for droid in self.droids]
        return [{"droid": droid} | {key: usage(figures[droid, key]) for key in keys} for droid in order if droid in told]

    def age(self, execution):
        return None if execution.started is None else max(0.0, (self.now - execution.started) / 1e6)

    def limit(self, execution):
        return self.policy["default_timeout"] if execution.limit is None else execution.limit

    def is_stuck(self, execution):
        return execution.started is not None and self.age(execution) > self.limit(execution)

    def open_execution(self, execution):
        report = max(execution.history.reports, key=lambda r: (r[0], -1 if r[1] is None else r[1], r[2] or ""), default=None)
        return self.identity(execution) | {
            "started_at": timestamp(execution.started), "age_seconds": self.age(execution),
            "limit_seconds": self.limit(execution), "own_limit": execution.limit is not None,
            "stuck": self.is_stuck(execution),
            "last_report": report and {"timestamp": timestamp(report[0]), "progress": report[1], "message": report[2]},
        }

    def recent(self):
        since = self.end - round(self.policy["recent"] * 1e6)
        starts = [(e.started, e, False) for e in self.executions if e.started is not None and e.started >= since]
        ends = [(e.ended, e, True) for e in self.executions if e.end and e.ended is not None and e.ended >= since]
        newest = sorted(starts + ends, key=lambda entry: (-entry[0], entry[1].order, not entry[2]))[:50]
        return tally([e for _, e, _ in starts]) | {
            "since": timestamp(since), "endings": len(ends),
            "droids": sum(droid["last_seen"] is not None and droid["last_seen"] >= timestamp(since) for droid in self.droids),
            "entries": [
                self.identity(e) | {"timestamp": timestamp(time), "outcome": e.outcome if is_end else "started",
                                    "duration_seconds": e.duration if is_end else None, "error": e.error if is_end else None}
                for time, e, is_end in newest
            ],
        }

    def recent_failures(self):
        newest = sorted(self.failures, key=lambda e: (before(e.ended), e.order), reverse=True)[:10]
        return [
            self.identity(e) | {"timestamp": timestamp(e.ended), "status": e.outcome, "duration_seconds": e.duration,
                                "error": e.error}
            for e in newest
        ]
