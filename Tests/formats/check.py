#!/usr/bin/env python3
"""Reads every format of a report full of hostile texts with parsers that are not ours.

usage: check.py TOOLS
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import hostile
import readers

SECTIONS = ["events", "droids", "tasks", "results", "resources", "issues", "recent"]
READERS = {"text": readers.text, "json": readers.json_schema, "markdown": readers.markdown, "openmetrics": readers.metrics}


def report(tool, projects, *arguments):
    projects = [argument for project in projects for argument in ("--project", project)]
    run = subprocess.run([tool, *projects, *arguments], capture_output=True, timeout=60)
    if run.returncode or run.stderr:
        raise SystemExit(f"{' '.join(map(str, arguments))}: status {run.returncode}: {run.stderr.decode()}")
    return run.stdout.decode("utf-8", errors="strict")


def cases(bad, empty):
    """The projects, the arguments and the reader of each check."""
    for name, reader in READERS.items():
        yield [bad], ["--format", name], reader
        yield [bad, empty], ["--format", name], reader
    yield [empty], ["--format", "json"], lambda output: readers.json_schema(output)
    for section in SECTIONS:
        yield [bad], ["--format", "json", f"--{section}"], readers.json_schema
    for section in "droids", "tasks", "results", "resources", "issues", "recent":
        yield [bad], ["--format", "csv", f"--{section}"], readers.table
    yield [bad], ["--format", "csv"], readers.table
    yield [bad, empty], ["--format", "csv"], readers.table


def main():
    tool = Path(sys.argv[1]) / "track-metrics"
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        bad, empty = Path(scratch) / "bad", Path(scratch) / "empty"
        hostile.write(bad / ".droid-forge/logs")
        (empty / ".droid-forge/logs").mkdir(parents=True)
        for projects, arguments, reader in cases(bad, empty):
            problems = list(reader(report(tool, projects, *arguments)))
            passed += not problems
            failed += bool(problems)
            for problem in problems:
                print(f"FAILED: {' '.join(arguments)}, {len(projects)} project(s): {problem}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
