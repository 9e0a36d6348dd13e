"""What needs a look, found again from every execution."""
from collections import Counter

from figures import tally
from histories import FAILED, Histories, newest

# In the order of the report: the severities, and the kinds within each.
SEVERITIES = {
    "critical": ["unreadable"],
    "warning": [
        "bad_lines", "stuck", "silent", "no_sweep", "abandonment_rate", "success_rate", "consecutive_failures", "success_drift",
        "duration_anomaly", "resource_anomaly", "too_frequent", "too_many_open", "validation_rate",
    ],
    "info": ["gone_quiet", "late_endings", "shared_execution_id", "ending_without_start"],
}
SEVERITY = {kind: severity for severity, kinds in SEVERITIES.items() for kind in kinds}
# How many executions an issue names, and how many issues of a kind are told, the gravest of them.
NAMED, TOLD = 100, 100


def issue(kind, value, threshold=None, droid=None, executions=(), task=None):
    return {
        "kind": kind, "severity": SEVERITY[kind], "droid_id": droid, "task_id": task, "value": value, "threshold": threshold,
        "execution_count": len(executions), "executions": list(executions)[:NAMED],
    }


def place(issue):
    """Where an issue stands in the report; those of one droid and task stand in the order of their words."""
    return list(SEVERITY).index(issue["kind"]), (issue["droid_id"] or "").encode(), (issue.get("task_id") or "").encode()


def issues(expected, limit=TOLD):
    found = list(about_logs(expected)) + list(about_open(expected)) + list(about_endings(expected))
    of_droids = sorted([*low_success(expected), *Histories(expected).findings()], key=lambda one: (-one[1], one[2].encode()))
    told = Counter()
    for kind, _, droid, task, value, threshold, executions in of_droids:
        told[kind] += 1
        if limit is None or told[kind] <= limit:
            found.append(issue(kind, value, threshold, droid, executions, task))
    return found


def about_logs(expected):
    if expected.logs.unreadable:
        yield issue("unreadable", len(expected.logs.unreadable))
    if expected.journal.problems:
        yield issue("bad_lines", len(expected.journal.problems), 0)
    shared = [identity for identity, history in expected.journal.histories.items() if len(history.starts) > 1]
    if shared:
        yield issue("shared_execution_id", len(shared), executions=sorted(shared, key=str.encode))
    startless = [e for e in expected.executions if e.start is None]
    if startless:
        yield issue("ending_without_start", len(startless), executions=newest(startless))


def about_open(expected):
    policy, ids = expected.policy, [e.id for e in expected.open]
    stuck = [e.id for e in expected.open if expected.is_stuck(e)]
    if stuck:
        yield issue("stuck", len(stuck), 0, executions=stuck)
    if policy["heartbeat_timeout"]:
        waiting = [e for e in expected.open if e.history.reports and not expected.is_stuck(e)]
        quiet = {e: (expected.now - max(e.started or 0, max(report[0] for report in e.history.reports))) / 1e6 for e in waiting}
        silent = [e for e in waiting if quiet[e] > policy["heartbeat_timeout"]]
        if silent:
            yield issue("silent", max(quiet[e] for e in silent), policy["heartbeat_timeout"], executions=newest(silent))
    starts = [e.started for e in expected.open if e.started is not None]
    # No sweep ever ran in these histories, so that the oldest open start counts.
    if starts and (quiet := (expected.now - min(starts)) / 1e6) > 2 * policy["cleanup_interval"]:
        yield issue("no_sweep", quiet, 2 * policy["cleanup_interval"], executions=ids)
    if policy["max_concurrent_droids"] and len(ids) > policy["max_concurrent_droids"]:
        yield issue("too_many_open", len(ids), policy["max_concurrent_droids"], executions=ids)


def about_endings(expected):
    policy, own = expected.policy, tally(expected.executions)
    ended = sum(e.has_ended for e in expected.executions)
    if own["started"] and own["abandonment_rate"] > policy["abandonment_rate"]:
        abandoned = newest(e for e in expected.executions if e.outcome == "abandoned")
        yield issue("abandonment_rate", own["abandonment_rate"], policy["abandonment_rate"], executions=abandoned)
    if ended >= policy["min_executions"] and own["late"] > policy["late_rate"] * ended:
        late = newest(e for e in expected.executions if e.is_late)
        yield issue("late_endings", own["late"] / ended, policy["late_rate"], executions=late)
    validated = [(e, expected.validation(e)[1]) for e in expected.executions if e.history.validations]
    wrong = [e for e, problems in validated if problems]
    if len(validated) >= policy["min_executions"] and 1 - len(wrong) / len(validated) < policy["validation_rate"]:
        yield issue("validation_rate", 1 - len(wrong) / len(validated), policy["validation_rate"], executions=newest(wrong))


def low_success(expected):
    policy = expected.policy
    for droid, own in expected.by_droid.items():
        rate, ended = tally(own)["success_rate"], [e for e in own if e.has_ended]
        if len(own) >= policy["min_executions"] and ended and rate < policy["success_rate"]:
            gravity = sum(e.outcome != "completed" for e in ended)
            failures = newest(e for e in own if e.outcome in FAILED)
            yield "success_rate", gravity, droid, None, rate, policy["success_rate"], failures
