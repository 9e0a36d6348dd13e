"""The statistics that the report tells, each computed from all values."""
import math
from bisect import bisect_right
from collections import Counter

from journal import ENDED

# Resource figures of a droid beyond so many are told by a sketch with this relative error.
EXACT_RESOURCES, SKETCH_ERROR = 1024, 0.01
# Percentiles of more durations than this are told by the sketch.
EXACT_LIMIT = 1_000_000
# The edges of all duration histograms, three to a decade from a millisecond on.
EDGES = [base * 10.0**decade for decade in range(-3, 6) for base in (1, 10 ** (1 / 3), 10 ** (2 / 3))] + [1e6]


class Within:
    """A figure that is told with an error: anything from `low` to `high` is right."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def __repr__(self):
        return f"from {self.low} to {self.high}"


def quantile(values, part):
    """Type 7 of Hyndman and Fan (1996), of ascending values."""
    place = part * (len(values) - 1)
    below = math.floor(place)
    if below + 1 >= len(values):
        return values[-1]
    return values[below] + (place - below) * (values[below + 1] - values[below])


def durations(executions):
    values = sorted(e.duration for e in executions if e.has_ended and e.duration is not None)
    if not values:
        return None
    total = math.fsum(values)
    figures = {"count": len(values), "total": total, "mean": total / len(values), "max": values[-1],
               "exact": len(values) <= EXACT_LIMIT}
    return figures | {f"p{p}": quantile(values, p / 100) for p in (50, 90, 95, 99)}


def histogram(executions):
    """The bins from the first that holds a duration to the last; the outermost of all hold what is beyond."""
    values = [e.duration for e in executions if e.has_ended and e.duration is not None]
    counts = Counter(min(max(bisect_right(EDGES, value) - 1, 0), len(EDGES) - 2) for value in values)
    if not counts:
        return None
    first, last = min(counts), max(counts)
    return {"edges": EDGES[first:last + 2], "counts": [counts[place] for place in range(first, last + 1)]}


def wilson(part, whole):
    """The rate with the bounds of E. B. Wilson (1927) at 95 %; None of no cases."""
    if not whole:
        return None
    z, rate = 1.959963984540054, part / whole
    spread = z * math.sqrt(rate * (1 - rate) / whole + z * z / (4 * whole * whole))
    low, high = ((rate + z * z / (2 * whole) + sign * spread) / (1 + z * z / whole) for sign in (-1, 1))
    return {"rate": rate, "low": max(0.0, low), "high": min(1.0, high), "count": whole}


def rate(part, whole):
    return part / whole if whole else None


def tally(executions):
    counts = Counter(e.outcome for e in executions)
    ended, started = sum(counts[outcome] for outcome in ENDED), len(executions)
    return {
        "started": started, "completed": counts["completed"], "failed": counts["failed"], "timed_out": counts["timeout"],
        "abandoned": counts["abandoned"], "open": counts["open"], "late": sum(e.is_late for e in executions),
        "success_rate": rate(counts["completed"], ended), "completion_rate": rate(ended, started),
        "abandonment_rate": rate(counts["abandoned"], started),
    }


def usage(values):
    """What a droid's figures of one resource are; None of no figures."""
    values = sorted(values)
    if not values:
        return None
    figures = {"count": len(values), "max": values[-1]}
    for part in (0.5, 0.95):
        value = quantile(values, part)
        if len(values) > EXACT_RESOURCES:
            below = math.floor(part * (len(values) - 1))
            value = Within(values[below] * (1 - SKETCH_ERROR), values[min(below + 1, len(values) - 1)] * (1 + SKETCH_ERROR))
        figures[f"p{round(part * 100)}"] = value
    return figures
