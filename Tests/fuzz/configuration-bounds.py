"""Reads the corpus of configurations, and the worst that fit, with a real tool: processor time and memory are bounded.

The targets run under ASan, whose own memory says nothing about the tools'. So each text is read here by `track-sweep
--dry-run`, a whole process: at most 50 ms of processor time and 64 MiB at its peak, status 0, or 78 with its place.
"""

import os
import pathlib
import re
import subprocess

MAXIMUM_SECONDS = 0.050
MAXIMUM_KIBIBYTES = 64 * 1024
SIZE = 256 * 1024


def filled(unit, head=b"", tail=b""):
    return head + unit * ((SIZE - len(head) - len(tail)) // len(unit)) + tail


def patterns(*expressions):
    quoted = ", ".join("'" + expression + "'" for expression in expressions)
    return f"performance: {{execution_tracking: {{redaction: {{patterns: [{quoted}]}}}}}}".encode()


def worst():
    """Texts of the largest size that is read, each as bad as it can be in one way."""
    yield "flow sequences", filled(b"[")
    yield "flow mappings", filled(b"{a: ")
    yield "block sequences", filled(b"- ")
    yield "indentation", b"\n".join(b" " * depth + b"a:" for depth in range(720))
    yield "complex keys", filled(b"? ")
    yield "keys of others", filled(b"a: b\n")
    yield "keys of others in a mapping of ours", filled(b"  a: b\n", b"logging:\n")
    yield "one long plain text", filled(b"a", b"a: ")
    yield "one long quoted text", filled(b"\\x41", b'logging: {directory: "', b'"}')
    yield "one long key", filled(b"a")
    yield "comments", filled(b"# \n")
    yield "empty lines", filled(b"\n")
    yield "documents", filled(b"---\n")
    yield "anchors and aliases", filled(b"- &a [*a]\n", b"x:\n")
    yield "tags", filled(b"- !!str a\n", b"x:\n")
    yield "directives", filled(b"%TAG !a! b\n")
    yield "a block text", filled(b" \n", b"a: |\n")
    yield "a folded text", filled(b"  a\n\n", b"a: >\n")
    yield "no characters", filled(b"\xff")
    yield "UTF-16", b"\xff\xfe" + filled(b"a\x00")[:SIZE - 2]
    yield "event types", filled(b"a,", b"logging: {events: [", b"]}")
    yield "too large", filled(b"#") + b"# "
    yield "a repeated pattern", patterns("a{1,32000}")
    yield "repeated repetitions", patterns("(((a{1,100}){1,100}){1,100})")
    yield "repetitions of what may be empty", patterns("(a?){1,257}")
    yield "references", patterns("(a*)(a*)(a*)\\1\\2\\3b")
    yield "groups in groups", patterns("(" * 2000 + "a" + ")" * 2000)
    yield "many patterns", patterns(*["a*b"] * 1000)
    yield "a long pattern", patterns("[^a]*" * 800)


def read(tool, project, text):
    """Status, last line, seconds of processor time and peak memory in KiB of one reading."""
    file = project / "droid-forge.yaml"
    file.write_bytes(text)
    process = subprocess.Popen([tool, "--dry-run", "--project", project], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=project)
    said = process.stderr.read().decode(errors="replace").strip()
    process.stderr.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, said, used.ru_utime + used.ru_stime, used.ru_maxrss


def main():
    project = pathlib.Path(os.environ["WORK"]) / "bounds"
    project.mkdir()
    tool = os.path.join(os.environ["TOOLS"], "track-sweep")
    corpus = sorted((pathlib.Path(os.environ["CORPUS"]) / "configuration").iterdir())
    texts = [(file.name, file.read_bytes()) for file in corpus] + list(worst())
    longest = largest = refused = 0
    failed = []
    for name, text in texts:
        status, said, seconds, memory = min((read(tool, project, text) for _ in range(2)), key=lambda found: found[2])
        longest, largest, refused = max(longest, seconds), max(largest, memory), refused + (status == 78)
        # Of expressions the system's words are told, and of a file that is too large no place.
        is_placed = re.search(r"droid-forge\.yaml:\d+:\d+: |redaction pattern '|larger than 256 KiB", said)
        if status != 0 and (status != 78 or not is_placed):
            failed.append(f"{name}: status {status}: {said[:300]}")
        if seconds > MAXIMUM_SECONDS or memory > MAXIMUM_KIBIBYTES:
            failed.append(f"{name}: {1000 * seconds:.0f} ms, {memory} KiB")
    for line in failed:
        print(f"FAILED configuration-bounds: {line}")
    if not failed and refused:
        print(f"ok configuration-bounds: {len(texts)} texts, at most {1000 * longest:.0f} ms of processor time "
              f"and {largest / 1024:.1f} MiB, {refused} refused")
    elif not failed:
        print("FAILED configuration-bounds: nothing was refused")


main()
