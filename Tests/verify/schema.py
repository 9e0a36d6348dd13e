"""docs/event.schema.json and track-verify's own checks must agree on every line, good or mutated."""

import json
import os
import random

import jsonschema

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORDS = ["", "x", "executing", "completed", "failed", "abandoned", "timeout", "silent", "progress", "task.result", "error", "unknown",
         "2025-10-08T16:21:54.536702+00:00", "2025-13-08T16:21:54.536702+00:00", "2025-10-08T16:21:54Z", "0" * 32, "g" * 32, "0" * 31,
         "é", "a b", "-a", "a" * 128, "a" * 129, "a" * 200, "a" * 201, "a\\u0041", "droid.self_report", "audit.recorded", "git.commit"]
VALUES = [None, True, False, 0, -1, 1, 1.5, -0.5, 2, 1e30, 1.0, {}, [], [1], ["a"], [{}], {"a": 1}]


def mutated(event, chance):
    """A copy of an event with a change somewhere."""
    event = json.loads(json.dumps(event))
    place = event
    while True:
        inner = [key for key, value in place.items() if isinstance(value, dict) and value]
        if not inner or chance.random() < 0.5:
            break
        place = place[chance.choice(inner)]
    key = chance.choice(list(place))
    match chance.randrange(5):
        case 0:
            del place[key]
        case 1:
            place[key] = chance.choice(VALUES)
        case 2:
            place[key] = chance.choice(WORDS)
        case 3:
            place[chance.choice(["extra", "late", "status", "details", "progress", "attempt", "owner", "host"])] = chance.choice(VALUES + WORDS)
        case 4:
            value = place[key]
            if isinstance(value, str) and value:
                at = chance.randrange(len(value))
                place[key] = value[:at] + chance.choice(["", "A", "z", "9", "-", " ", "ü", '"', "\\"]) + value[at + 1:]
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                place[key] = chance.choice([-value, value + 0.5, value * 10, int(value)])
    return event


def told(journal, lines, path):
    """The lines of a file, by number, that track-verify holds to break the rules."""
    with open(path, "wb") as file:
        file.write(b"".join(lines))
    ran = journal.run("track-verify", "--json", path)
    report = json.loads(ran.stdout)
    assert report["lines"] == len(lines), report
    assert ran.returncode == (1 if report["errors"] else 0), ran
    return {finding["line"]: finding["text"] for finding in report["findings"] if finding["code"] == "schema"}


def disagreements(journal, work, count=4000):
    with open(f"{ROOT}/docs/event.schema.json") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = [json.loads(line) for name in journal.files() if name.endswith(".ndjson") for line in journal.lines(name)]
    chance = random.Random(6)
    problems, broken = [], 0
    missing = set(schema["properties"]["event_type"]["enum"]) - {event["event_type"] for event in good}
    if missing - {"task.started", "task.completed", "task.failed", "droid.completed"}:
        problems.append(f"no line of {sorted(missing)}")
    events = good + [mutated(chance.choice(good), chance) for _ in range(count)]
    for start in range(0, len(events), 100):
        part = events[start:start + 100]
        # Half of them as another writer would put them: other spaces, other escapes, other order.
        lines = [json.dumps(event, separators=(",", ":"), ensure_ascii=False, sort_keys=True) if number % 2 else json.dumps(event)
                 for number, event in enumerate(part)]
        found = told(journal, [line.encode() + b"\n" for line in lines], f"{work}/lines.ndjson")
        for number, event in enumerate(part, 1):
            error = next(validator.iter_errors(event), None) if "event_id" in event else None
            broken += error is not None
            if (error is not None) != (number in found):
                problems.append(f"{lines[number - 1][:300]}: jsonschema {error.message[:100] if error else 'accepts'}, "
                                f"track-verify {found.get(number, 'accepts')}")
    if not len(events) * 0.2 < broken < len(events) * 0.9:
        problems.append(f"{broken} of {len(events)} lines break the rules: too few or too many to prove much")
    return problems, f"{len(events)} lines, {broken} of them against the rules"
