"""A journal whose every text means harm to some reader of a report of it."""
import json
from datetime import datetime, timedelta, timezone

NOW = datetime.now(timezone.utc)

TEXTS = [
    "\x1b]0;owned\x07", "\x1b[2J\x1b[31mred", "\x1b]8;;http://evil.example\x1b\\link", "\x9b2J\x90x\x9c",
    "\u202etxt.exe\u2066", "two\nlines\r\nthree", "line\u2028separator\x85next", "tab\tand\b\bback", "nul\0byte",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\uff1d1", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "</code></details><h1>x", "a|b\\|c", "`code` ``more``", "\"quoted\" 'too'",
    "[text](javascript:alert(1))", "![i](http://evil.example/x.png)", "www.evil.example http://evil.example",
    "mail@evil.example @admin #1 GH-1", "**bold** _it_ ~~no~~ $x^2$ :tada:", "&lt;b&gt; &amp; &#60;", '{"a": 1}}',
    'droid="other"} 1 #', "back\\slash\\", "zero\u200bwidth\ufeff", "z\u0300\u0301\u0302algo", "\U0001f642 \u7ffb\u8a33",
    "other", " leading and trailing ", "x" * 3000,
]


def moment(seconds):
    return (NOW - timedelta(seconds=seconds)).isoformat(timespec="microseconds")


def events(number, text):
    """Executions of a droid, a task and ids that are all called TEXT: one fails, one is given up, one is open."""
    ids = lambda kind: {"execution_id": f"{kind}{number}{text}", "task_id": text, "droid_id": text}
    for kind, age in ("failed", 9000), ("given-up", 8000), ("open", 7500):
        yield {"timestamp": moment(age - number), "event_type": "task.execution.started", **ids(kind), "details": {}}
    yield {"timestamp": moment(7000 - number), "event_type": "task.execution.completed", **ids("failed"),
           "status": "failed", "details": {"error": text, "duration_seconds": 10}}
    yield {"timestamp": moment(6000 - number), "event_type": "task.execution.abandoned", **ids("given-up"),
           "status": "abandoned", "reason": text}
    yield {"timestamp": moment(50 - number), "event_type": "droid.self_report", **ids("open"),
           "details": {"event_type": text, "progress": 0.5, "message": text}}
    yield {"timestamp": moment(50), "event_type": f"x{text}"}


def results(number, text):
    yield {"timestamp": moment(6000), "event_type": "task.result.validated", "execution_id": f"failed{number}{text}",
           "category": text, "problems": [text]}


def write(directory):
    """Writes the journal's streams."""
    directory.mkdir(parents=True)
    for stream, lines in ("events", events), ("results", results):
        with open(directory / f"{stream}.ndjson", "w", encoding="utf-8") as file:
            for number, text in enumerate(TEXTS):
                file.writelines(json.dumps(line) + "\n" for line in lines(number, text))


def is_harmful(character):
    """Whether a reader might act on it: controls but the line feed, separators, bidirectional controls."""
    code = ord(character)
    return (code < 0x20 and code != 0x0A or 0x7F <= code <= 0x9F or code in (0x61C, 0xFEFF)
            or 0x200E <= code <= 0x200F or 0x2028 <= code <= 0x202E or 0x2066 <= code <= 0x2069)


def visible(text):
    """The text as every format but JSON tells it: what is harmful or hides stands as its code."""
    return "".join(f"\\u{{{ord(c):x}}}" if is_harmful(c) or c in "\n\u200b" else c for c in text)
