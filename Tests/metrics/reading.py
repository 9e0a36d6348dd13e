"""Reads log directories line by line, slowly and strictly: the lines as objects, and what is wrong with the others."""
import hashlib
import json
import math
import os
import re
from datetime import datetime, timedelta, timezone

LONGEST = 1 << 20
DEEPEST = 64
STREAMS = "events", "droid_status", "results", "performance", "audit"
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{0,9}))?(Z|z|[+-]\d\d:\d\d)$", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def microseconds(text):
    """The microseconds since 1970 that a timestamp tells; None when it is none."""
    match = TIME.match(text) if isinstance(text, str) else None
    if not match:
        return None
    day, clock, fraction, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{'+00:00' if zone in 'Zz' else zone}")
    except ValueError:
        return None
    return (moment - EPOCH) // timedelta(microseconds=1) + int((fraction or "").ljust(6, "0")[:6])


def timestamp(value):
    return None if value is None else (EPOCH + timedelta(microseconds=value)).isoformat(timespec="microseconds")


def text(value):
    """A string as a reader of UTF-8 sees it: halves of surrogate pairs are no characters."""
    return re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else None


def number(value):
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 1e308 and math.isfinite(value) else None


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def parse(content):
    """The object that a line is; None when it is none that the journal's format allows."""
    try:
        line = json.loads(content.decode(), parse_constant=refuse)
        return line if isinstance(line, dict) and depth(line) <= DEEPEST else None
    except (ValueError, RecursionError):
        return None


class Line:
    """A line that is an object, with the keys that every event has."""

    def __init__(self, fields, content, file, place, stream):
        self.fields, self.file, self.place, self.stream = fields, file, place, stream
        details = fields.get("details")
        self.details = details if isinstance(details, dict) else {}
        self.time = microseconds(fields.get("timestamp"))
        self.type, self.status = text(fields.get("event_type")), text(fields.get("status"))
        self.run, self.execution = text(fields.get("run_id")), text(fields.get("execution_id"))
        self.droid = text(fields.get("droid_id"))
        self.droid = text(fields.get("droid")) if self.droid is None else self.droid
        self.task = text(fields.get("task_id"))
        self.task = text(self.details.get("task_id")) if self.task is None else self.task
        identity = fields.get("event_id")
        is_id = isinstance(identity, str) and re.fullmatch("[0-9a-f]{32}", identity)
        self.identity = identity if is_id else hashlib.sha256(content).hexdigest()


class Logs:
    """All lines of all files, in the order of reading."""

    def __init__(self, project):
        self.lines, self.files, self.problems, self.unreadable, self.directories = [], [], [], [], []
        for label, role in ((".droid-forge/logs", "journal"), (".factory/logs", "factory")):
            directory = os.path.join(project, label)
            if os.path.isdir(directory):
                self.directories.append({"label": label, "role": role})
                for name in sorted(os.listdir(directory), key=os.fsencode):
                    if name.endswith(".ndjson"):
                        self.read(os.path.join(directory, name), f"{label}/{name}")

    def read(self, path, file):
        if os.path.islink(path) or not os.path.isfile(path):
            return self.unreadable.append(file)
        stem = re.match("[^.-]*", os.path.basename(path))[0]
        stream = stem if stem in STREAMS else None
        with open(path, "rb") as log:
            contents = log.read().split(b"\n")
        contents = contents if contents[-1] else contents[:-1]
        self.files.append({"file": file, "stream": stream, "lines": len(contents)})
        for place, content in enumerate(contents, 1):
            self.take(content, file, place, stream)

    def take(self, content, file, place, stream):
        if len(content) > LONGEST:
            return self.problems.append((file, place))
        if place == 1:
            content = content.removeprefix(b"\xef\xbb\xbf")
        stripped = content.lstrip(b"\0")
        if stripped != content:
            self.problems.append((file, place))
        stripped = stripped.removesuffix(b"\r")
        if not stripped.strip(b" \t\r"):
            return
        fields = parse(stripped)
        if fields is None:
            return self.problems.append((file, place))
        self.lines.append(Line(fields, stripped, file, place, stream))
