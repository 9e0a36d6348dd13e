"""Every scene prints a line; the last line is `N passed, N failed`."""

import json
import os
import sys

import schema
from journal import Journal, full

TOOLS, WORK = sys.argv[1:3]
ORIGINAL = f"{schema.ROOT}/Tests/Fixtures/original"
passed = failed = 0


def expect(what, found, wanted):
    global passed, failed
    if found == wanted:
        passed += 1
        print(f"ok {what}")
    else:
        failed += 1
        print(f"FAILED {what}\n  found  {found}\n  wanted {wanted}")


made = full(TOOLS, f"{WORK}/full")
expect("a journal of every kind of line verifies", made.verify(), (0, []))

problems, measured = schema.disagreements(made, WORK)
expect(f"the schema and track-verify agree: {measured}", problems, [])


# Each way to spoil a journal, and what is found.
number = 0


def spoiled(what, spoil, wanted, *arguments, status=1):
    global number
    number += 1
    journal = made.copy(f"{WORK}/spoiled-{number}")
    spoil(journal)
    found = journal.verify(*arguments)
    expect(what, (found[0], without_seals(found[1])), (status, wanted))
    return journal


def without_seals(findings):
    """The findings but those of seals, which notice every change."""
    return [f for f in findings if f.split()[0] not in ("sealed_bytes", "truncated")]


def edit(name, change):
    def spoil(journal):
        lines = journal.lines(name)
        change(lines)
        journal.write(name, lines)
    return spoil


def place(name, text):
    return next(at for at, line in enumerate(made.lines(name)) if text in line)


done = place("events.ndjson", b'"task.execution.completed"')
start = place("events.ndjson", b'"task.execution.started"')
count = len(made.lines("events.ndjson"))
size = {name: len(made.lines(name)) for name in ("results.ndjson", "droid_status.ndjson")}
other = b'"event_id": "0123456789abcdef0123456789abcdef"'


def reidentified(line):
    at = line.index(b'"event_id": "')
    return line[:at] + other + line[at + len(other):]


spoiled("a start is taken out", edit("events.ndjson", lambda l: l.pop(start)), ["ending_without_start events.ndjson:3"])
spoiled("an ending is taken out: a result without one", edit("events.ndjson", lambda l: l.pop(done)), ["stray_result results.ndjson:1"])
spoiled("a second ending", edit("events.ndjson", lambda l: l.append(reidentified(l[done]))),
        [f"missing_result events.ndjson:{count + 1}", f"second_ending events.ndjson:{count + 1}"])
spoiled("a second start", edit("events.ndjson", lambda l: l.append(reidentified(l[start]))), [f"second_start events.ndjson:{count + 1}"])
spoiled("lines that stand twice are none", edit("events.ndjson", lambda l: l.extend(list(l))), [], status=0)
spoiled("a result is taken out", edit("results.ndjson", lambda l: l.pop(0)), [f"missing_result events.ndjson:{done + 1}"])
spoiled("a report is taken out of droid_status", edit("droid_status.ndjson", lambda l: l.pop(0)), ["missing_report events.ndjson:2"])
spoiled("a report is taken out of events", edit("events.ndjson", lambda l: l.pop(1)), ["stray_report droid_status.ndjson:1"])
spoiled("a report is changed in droid_status", edit("droid_status.ndjson", lambda l: l.__setitem__(0, l[0].replace(b"half", b"most"))),
        ["contradiction droid_status.ndjson:1"])
spoiled("a result is turned round", edit("results.ndjson", lambda l: l.__setitem__(0, l[0].replace(b'"success": true', b'"success": false'))),
        ["contradiction results.ndjson:1"])
spoiled("an ending is marked as late", edit("events.ndjson", lambda l: l.__setitem__(done, l[done].replace(b'"details": {', b'"details": {"late": true, '))),
        [f"late_without_abandonment events.ndjson:{done + 1}"])
spoiled("a key stands twice", edit("events.ndjson", lambda l: l.__setitem__(0, l[0].replace(b'"run_id"', b'"host": "x", "run_id"'))),
        ["repeated_key events.ndjson:1"])
damage = {"half a line": b'{"timestamp": "2026', "NUL bytes": bytes(40), "no JSON": b"hello", "an array": b"[1]", "bad UTF-8": b'{"a": "\xff"}',
          "text behind": b"{} {}", "a control character": b'{"a": "\x01"}', "deep": b'{"a":' * 70 + b"1" + b"}" * 70, "a bare quote": b'"',
          "5 MB": b'{"a": "' + b"x" * 5_000_000 + b'"}'}
for name, line in damage.items():
    spoiled(f"damage: {name}", edit("events.ndjson", lambda l: l.append(line + b"\n")), [f"damaged_line events.ndjson:{count + 1}"])
spoiled("a torn tail is being written, perhaps", edit("events.ndjson", lambda l: l.append(b'{"timestamp"')), [f"torn_tail events.ndjson:{count + 1}"], status=0)
spoiled("a blank line is nobody's loss", edit("events.ndjson", lambda l: l.append(b"\n")), [], status=0)
spoiled("a stream is missing", lambda j: os.remove(j.file("performance.ndjson")), ["missing_file performance.ndjson:-"])
short = made.copy(f"{WORK}/short")
short.write("performance.ndjson", [])
expect("the end of a stream is cut off", short.verify(), (1, ["truncated performance.ndjson:-"]))
flipped = made.copy(f"{WORK}/flipped")
flipped.write("events.ndjson", [line.replace(b"login", b"Login") for line in flipped.lines("events.ndjson")])
expect("a word is changed that only the seal knows", flipped.verify(), (1, ["sealed_bytes events.ndjson:1"]))
spoiled("a file that is none", lambda j: (os.remove(j.file("performance.ndjson")), os.mkdir(j.file("performance.ndjson"))),
        ["unreadable performance.ndjson:-", "missing_file performance.ndjson:-"])


# Heads.
head = made.must("track-verify", "--head").strip()
expect("the head is one line of JSON", sorted(json.loads(head)), ["seq", "sha256"])
expect("a head that was kept", made.verify("--since", head), (0, []))
with open(f"{WORK}/head", "w") as file:
    file.write(head)
expect("a head in a file", made.verify("--since", f"@{WORK}/head"), (0, []))
cut = made.copy(f"{WORK}/cut")
cut.write("audit.ndjson", cut.lines("audit.ndjson")[:-1])
expect("without the last seal nothing is found", cut.verify("--seals"), (0, []))
expect("without the last seal, by its head", cut.verify("--seals", "--since", head), (1, ["head audit.ndjson:-"]))
expect("nothing sealed: no head", (cut.run("track-verify", "--head").returncode, cut.run("track-verify", "--head").stdout), (1, b""))
for bad in ("", "x", "{}", '{"seq": 1}', '{"seq": 0, "sha256": "' + "0" * 64 + '"}', '{"seq": 1, "sha256": "' + "Z" * 64 + '"}', "@/nowhere", "{" * 100_000,
            "\xff", '{"seq": 99999999999999999999, "sha256": "' + "0" * 64 + '"}'):
    expect(f"a head that is none: {bad[:20]!r}", made.run("track-verify", "--since", bad).returncode, 65)


# Repairs.
def repaired(what, spoil, wanted, told):
    global number
    number += 1
    journal = made.copy(f"{WORK}/repaired-{number}")
    spoil(journal)
    ran = journal.run("track-verify", "--repair")
    first = ran.stdout.decode().splitlines()[0]
    expect(f"repaired: {what}", first[:len(told)], told)
    expect(f"in order afterwards: {what}", without_seals(journal.verify()[1]), wanted)
    before = {name: journal.lines(name) for name in journal.files()}
    journal.run("track-verify", "--repair")
    expect(f"a second repair changes nothing: {what}", {name: journal.lines(name) for name in journal.files()}, before)
    return journal


gone = made.lines("results.ndjson")
journal = repaired("all results", edit("results.ndjson", lambda l: l.clear()), [], f"derived {len(gone)} lines of results.ndjson")
expect("derived results are those that were", sorted(journal.lines("results.ndjson")), sorted(gone))
gone = made.lines("droid_status.ndjson")
journal = repaired("all reports", lambda j: os.remove(j.file("droid_status.ndjson")), [],
                   f"derived {len(gone)} lines of droid_status.ndjson")
expect("derived reports are those that were", journal.lines("droid_status.ndjson"), gone)
journal = repaired("damage", edit("events.ndjson", lambda l: l.insert(3, b"damage\n")), [], "put aside 1 line of events.ndjson, which is kept as events-")
kept = [name for name in journal.files() if name.endswith(".bad")]
expect("what was damaged is kept whole", [journal.lines(name) for name in kept], [made.lines("events.ndjson")[:3] + [b"damage\n"] + made.lines("events.ndjson")[3:]])
expect("what is left is all that was good", journal.lines("events.ndjson"), made.lines("events.ndjson"))
expect("and it is audited", [json.loads(line)["details"]["kept"] for line in journal.lines("audit.ndjson") if b'"damage.isolated"' in line], kept)
journal.must("task-start", "8.8")
journal.must("track-sweep", "--seal", "-q")
expect("sealing goes on after a repair", without_seals(journal.verify()[1]), [])


# Logs of the original, and no journal at all.
for name in sorted(os.listdir(ORIGINAL)):
    logs = [os.path.join(at, file) for at, _, files in os.walk(f"{ORIGINAL}/{name}") for file in files if file.endswith(".ndjson")]
    if logs:
        expect(f"the original's logs: {name}", made.run("track-verify", *logs).returncode, 0)
nothing = Journal(TOOLS, f"{WORK}/nothing")
expect("no journal yet", (nothing.run("track-verify").returncode, os.path.exists(nothing.logs)), (0, False))
expect("a file that is not there", made.run("track-verify", "nowhere.ndjson").returncode, 1)
expect("a file and --seals", made.run("track-verify", "--seals", "x").returncode, 64)

print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
