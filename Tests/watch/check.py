#!/usr/bin/env python3
"""Watches real tools through the live view, in a terminal of the test's own.

usage: check.py TOOLS
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import termios

from terminal import Terminal

tools = sys.argv[1]
results = {"passed": 0, "failed": 0}


def hold(name, true, screen=None):
    results["passed" if true else "failed"] += 1
    if not true:
        print(f"FAILED: {name}")
        if screen is not None:
            print("\n".join(f"    |{line}" for line in screen.text.split("\n")))


def run(tool, *arguments):
    return subprocess.run([f"{tools}/{tool}", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def watch(project, columns=100, rows=24):
    return Terminal([f"{tools}/track-metrics", "--project", project, "--watch"], columns, rows, {"LC_ALL": "C.UTF-8"})


def restored(screen, name):
    """What a program leaves behind: the first screen, a cursor, wrapped lines, and the settings it found."""
    modes = {number: screen.modes.get(number) for number in ("1049", "25", "7", "2026")}
    hold(f"{name}: the terminal is put back", modes == {"1049": False, "25": True, "7": True, "2026": False})
    try:
        settings = termios.tcgetattr(screen.descriptor)
        hold(f"{name}: keys are read as before", settings[3] == screen.settings[3])
    except termios.error:
        hold(f"{name}: its settings can be read", False)


def history(project):
    for number in range(4):
        run("task-start", "--project", project, "--droid", "builder", f"0.{number}")
        run("task-done", "--project", project, f"0.{number}")


def test_view(project):
    history(project)
    screen = watch(project)
    hold("an empty list says so", screen.wait_for("None."), screen)
    hold("keys are not shown meanwhile", not termios.tcgetattr(screen.descriptor)[3] & termios.ECHO)
    run("task-start", "--project", project, "--droid", "builder", "7.1", "the work")
    hold("a start appears", screen.wait_for("7.1"), screen)
    run("task-progress", "--project", project, "7.1", "40%", "compiling \x1b[31mred")
    hold("progress appears", screen.wait_for("40 %") and "█" in screen.text, screen)
    hold("the message appears, its escape sequence shown", screen.wait_for("compiling \\u{1b}[31mred"), screen)
    hold("work that takes longer than usual is overdue", screen.wait_for("overdue by"), screen)
    run("task-fail", "--project", project, "7.1", "--error", "tests failed")
    hold("an ending appears", screen.wait_for("✖ failed") and "tests failed" in screen.text, screen)
    hold("and what ended is open no more", screen.wait_for("nothing runs"), screen)
    frames = screen.written.count(b"\x1b[?2026h")
    screen.read(2.2)
    drawn = screen.written.count(b"\x1b[?2026h") - frames
    hold("it is drawn every second", 1 <= drawn <= 4, screen)
    screen.resize(44, 8)
    hold("it is drawn anew in another size", screen.wait_for("Newest endings", 2), screen)
    hold("no line is longer than the terminal", "beyond the last column" not in screen.modes, screen)
    hold("nothing unknown was written", not [mode for mode in screen.modes if "unknown" in mode], screen)
    return screen


def test_many(project):
    for number in range(30):
        run("task-start", "--project", project, f"8.{number}")
    screen = watch(project, 80, 12)
    hold("what does not fit is counted", screen.wait_for("more") and "30 open" in screen.text, screen)
    hold("the endings keep their place", "Newest endings" in screen.text, screen)
    return screen


def test_leaving(project):
    for name, leave, status in [
        ("q", lambda screen: screen.type("q"), 0), ("Ctrl-C", lambda screen: screen.type("\x03"), 0),
        ("TERM", lambda screen: os.kill(screen.pid, signal.SIGTERM), -signal.SIGTERM),
        ("HUP", lambda screen: os.kill(screen.pid, signal.SIGHUP), -signal.SIGHUP),
    ]:
        screen = watch(project)
        screen.wait_for("Newest endings")
        leave(screen)
        left = screen.leave()
        hold(f"{name}: leaves with {status}, not {left}", left == status, screen)
        restored(screen, name)


def test_stopping(project):
    screen = watch(project)
    screen.wait_for("Newest endings")
    screen.type("\x1a")
    screen.read(0.5)
    hold("Ctrl-Z gives the terminal back", screen.modes.get("1049") is False and screen.modes.get("25") is True)
    os.kill(screen.pid, signal.SIGCONT)
    screen.read(0.5)
    hold("and takes it again", screen.modes.get("1049") is True and screen.wait_for("Newest endings"), screen)
    screen.type("q")
    hold("and leaves", screen.leave() == 0)


def test_plain(project):
    output = run("track-metrics", "--project", project, "--watch")
    hold("where there is no terminal it is shown once", "Newest endings" in output and "\x1b" not in output)


def test_sessions(project):
    """A session is only counted; with --sessions it stands among the work."""
    begun = json.dumps({"hook_event_name": "SessionStart", "session_id": "s1", "source": "startup", "cwd": project})
    subprocess.run([f"{tools}/track-hook", "claude"], cwd=project, input=begun, check=True, text=True)
    run("task-start", "--project", project, "7.1")
    watched = ["track-metrics", "--project", project, "--watch"]
    plain, all_work = run(*watched), run(*watched, "--sessions")
    hold("a session is counted apart", "1 open, 1 session" in plain and "claude.session" not in plain)
    hold("and shown when it is asked for", "2 open" in all_work and "claude.session" in all_work)


def main():
    with tempfile.TemporaryDirectory(prefix="droid-track-watch.") as work:
        projects = []
        for name in ("small", "many", "sessions"):
            projects.append(f"{work}/{name}")
            os.makedirs(f"{work}/{name}/.droid-forge")
        small, many, sessions = projects
        for screen in (test_view(small), test_many(many)):
            screen.type("q")
            hold("it leaves", screen.leave() == 0)
        test_leaving(small)
        test_stopping(small)
        test_plain(small)
        test_sessions(sessions)
    print(f"{results['passed']} passed, {results['failed']} failed")
    return 1 if results["failed"] else 0


sys.exit(main())
