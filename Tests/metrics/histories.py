"""Each droid held against its own history: all that came before the end of what is selected."""
import math
from collections import defaultdict

from chances import Scale, so_few
from figures import quantile
from journal import before

HOUR = 3_600_000_000
PEAKS = 16
FAILED = "failed", "timeout"


def middle(values):
    return quantile(values, 0.5)


def lower_middle(values):
    return values[(len(values) - 1) // 2]


def newest(executions):
    """Ids, those of the executions that ended last first."""
    return [e.id for e in sorted(executions, key=lambda e: (before(e.ended), e.order), reverse=True)]


class Histories:
    def __init__(self, expected):
        self.expected, self.policy, self.end = expected, expected.policy, expected.end
        self.since = self.end - round(self.policy["drift_window"] * 1e6)
        self.by_droid = defaultdict(list)
        for e in expected.all:
            if expected.selection.past.counts(e):
                self.by_droid[e.droid].append(e)

    def ended(self, own):
        """What ended so far: before the last window, and in it."""
        own = [e for e in own if e.has_ended and e.ended is not None and e.ended <= self.end]
        return [e for e in own if e.ended < self.since], [e for e in own if e.ended >= self.since]

    def findings(self):
        """Kind, gravity, droid, task, value, threshold and the ids of the executions of each."""
        yield from self.streaks()
        yield from self.drifts()
        yield from self.odd_durations()
        yield from self.odd_resources()
        yield from self.rhythms()

    def streaks(self):
        """Failures after the last completion; one of them at least is selected."""
        least = self.policy["consecutive_failures"]
        for droid, own in self.by_droid.items():
            ended = sum(self.ended(own), [])
            last = max((e.ended for e in ended if e.outcome == "completed"), default=before(None))
            failures = [e for e in ended if e.outcome in FAILED and e.ended > last]
            if len(failures) >= least and set(failures) & set(self.expected.executions):
                yield "consecutive_failures", len(failures), droid, None, len(failures), least, newest(failures)

    def drifts(self):
        least, suspects, tested = self.policy["min_sample"], [], 0
        for droid, own in self.by_droid.items():
            earlier, recent = self.ended(own)
            if min(len(earlier), len(recent)) < least:
                continue
            tested += 1
            counts = [(sum(e.outcome == "completed" for e in part), len(part)) for part in (recent, earlier)]
            now, then = (part / whole for part, whole in counts)
            if then - now >= self.policy["success_drop"]:
                suspects.append((so_few(*counts[0], *counts[1]), droid, now, then, [e for e in recent if e.outcome in FAILED]))
        for chance, droid, now, then, failures in suspects:
            if chance * tested <= self.policy["false_alarms"]:
                yield "success_drift", then - now, droid, None, now, then, newest(failures)

    def odd_durations(self):
        """Completed executions of the last window against earlier ones of the same task, or of all tasks with too few."""
        judged, outliers = 0, []
        for droid, own in self.by_droid.items():
            earlier, recent = (
                [e for e in part if e.outcome == "completed" and e.duration is not None] for part in self.ended(own)
            )
            groups = defaultdict(lambda: ([], []))
            counts = defaultdict(int)
            for e in earlier:
                counts[e.task] += 1
            for place, part in enumerate((earlier, recent)):
                for e in part:
                    task = e.task if counts[e.task] >= self.policy["min_sample"] else None
                    groups[task][place].append((math.log(max(1e-3, e.duration)), e))
            for task, (then, now) in groups.items():
                if len(then) >= self.policy["min_sample"] and now:
                    judged += len(now)
                    outliers += self.outliers(droid, task, [value for value, _ in then], now)
        found = defaultdict(list)
        for chance, key, e in outliers:
            if chance * judged <= self.policy["false_alarms"]:
                found[key].append((chance, e))
        for (droid, task, is_long, usual), outliers in found.items():
            gravity = -math.log(max(5e-324, min(chance for chance, _ in outliers)))
            far = sorted((e for _, e in outliers), key=lambda e: (-e.duration if is_long else e.duration, e.order))
            yield "duration_anomaly", gravity, droid, task, far[0].duration, usual, [e.id for e in far]

    def outliers(self, droid, task, earlier, recent):
        scale = Scale(earlier, middle)
        for value, e in recent:
            is_long = value > scale.middle
            as_far = sum(other >= value if is_long else other <= value for other in earlier)
            if abs(value - scale.middle) >= math.log(self.policy["duration_factor"]) and as_far <= 0.01 * len(earlier):
                yield scale.chance(value, 0.05), (droid, task, is_long, math.exp(scale.middle)), e

    def odd_resources(self):
        """The largest figures of the last window against all figures of the droid."""
        figures, journal = defaultdict(list), self.expected.journal
        for key, droid, value, time, execution, task in journal.usage:
            if self.expected.selection.admits(time, droid, task):
                figures[droid, key].append((value, before(time), execution or ""))
        total = sum(map(len, figures.values()))
        for (droid, _), told in figures.items():
            told.sort(reverse=True)
            if len(told) < self.policy["min_sample"]:
                continue
            logs = [math.log(max(0.1, value)) for value, _, _ in told]
            scale = Scale(logs, lower_middle)
            far = [
                peak for place, peak in enumerate(told[:PEAKS])
                if peak[1] >= self.since and logs[place] - scale.middle >= math.log(self.policy["resource_factor"])
                and sum(other[1] < self.since for other in told[:place]) <= len(told) // 100
                and scale.chance(logs[place], 0.1) * total <= self.policy["false_alarms"]
            ]
            if far:
                largest, usual = far[0][0], math.exp(scale.middle)
                ids = [execution for _, _, execution in far if execution]
                yield "resource_anomaly", largest / usual, droid, None, largest, usual * self.policy["resource_factor"], ids

    def rhythms(self):
        factor, least = self.policy["frequency_factor"], self.policy["min_sample"]
        starts = {
            droid: sorted((e for e in own if e.started is not None and e.started <= self.end), key=lambda e: e.started)
            for droid, own in self.by_droid.items()
        }
        last_of_all = max((own[-1].started for own in starts.values() if own), default=0)
        for droid, own in starts.items():
            times = [e.started for e in own]
            earlier = [time for time in times if time <= self.end - HOUR]
            latest = [e for e in own if e.started > self.end - HOUR]
            if len(earlier) >= least and self.end - HOUR - times[0] >= 24 * HOUR and len(latest) >= 10:
                busiest = max(sum(begin <= time < begin + HOUR for time in earlier) for begin in earlier)
                if len(latest) > factor * busiest:
                    yield "too_frequent", len(latest) / busiest, droid, None, len(latest), factor * busiest, newest(latest)
            if len(own) >= least and all(e.outcome != "open" for e in self.by_droid[droid]):
                pause = max(after - time for time, after in zip(times, times[1:]))
                silence = last_of_all - times[-1]
                if silence >= HOUR and silence > factor * pause:
                    last = newest(e for e in own if e.started == times[-1])
                    yield "gone_quiet", silence, droid, None, silence / 1e6, factor * pause / 1e6, last
