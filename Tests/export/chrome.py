"""Holds a trace against the rules of Chrome's Trace Event Format, and of what Perfetto makes of it."""

import json

KEYS = {
    "M": {"args"},
    "X": {"dur", "cat", "args", "cname"},
    "i": {"s", "cat", "args"},
    "C": {"args"},
    "s": {"id", "cat"},
    "f": {"id", "cat", "bp"},
}
COLOURS = {"good", "bad", "terrible", "grey"}


def read(text):
    document = json.loads(text)
    assert set(document) == {"traceEvents", "displayTimeUnit"}, f"keys {set(document)}"
    assert document["displayTimeUnit"] in ("ms", "ns")
    return document["traceEvents"]


def slices(events):
    return [event for event in events if event["ph"] == "X"]


def problems(events):
    processes, threads, flows = {}, {}, {}
    lanes = {}
    for event in events:
        phase = event["ph"]
        if phase not in KEYS or not {"name", "pid", "tid", "ts"} <= set(event):
            yield f"an event of no kind: {event}"
            continue
        if set(event) - {"ph", "name", "pid", "tid", "ts"} - KEYS[phase]:
            yield f"keys that are none of {phase}'s: {event}"
        if not all(isinstance(event[key], int) and event[key] >= 0 for key in ("pid", "tid", "ts")):
            yield f"no number: {event}"
        if phase == "M":
            names = {"process_name": processes, "thread_name": threads}[event["name"]]
            place = event["pid"] if names is processes else (event["pid"], event["tid"])
            if place in names:
                yield f"named twice: {event}"
            names[place] = event["args"]["name"]
        elif phase == "X":
            if not isinstance(event["dur"], int) or event["dur"] < 0 or event["cname"] not in COLOURS:
                yield f"no slice: {event}"
            lanes.setdefault((event["pid"], event["tid"]), []).append((event["ts"], event["ts"] + event["dur"]))
        elif phase == "i" and event["s"] != "t":
            yield f"an instant of no thread: {event}"
        elif phase == "C" and not all(isinstance(value, (int, float)) for value in event["args"].values()):
            yield f"a counter that does not count: {event}"
        elif phase in "sf":
            flows.setdefault(event["id"], []).append(event)
    for event in events:
        if event["ph"] in "Xi" and (event["pid"] not in processes or (event["pid"], event["tid"]) not in threads):
            yield f"a thread without a name: {event}"
        if event["ph"] in "isf" and not any(
            begin <= event["ts"] <= end for begin, end in lanes.get((event["pid"], event["tid"]), [])
        ):
            yield f"outside of every slice: {event}"
    for place, spans in lanes.items():
        spans.sort()
        if any(first[1] > second[0] for first, second in zip(spans, spans[1:])):
            yield f"slices of one thread overlap: {place}"
    for number, ends in flows.items():
        if [end["ph"] for end in ends] != ["s", "f"] or ends[1].get("bp") != "e" or ends[0]["name"] != ends[1]["name"]:
            yield f"half an arrow: {number}"
