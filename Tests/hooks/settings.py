"""Registering with a harness: the same bytes after install and uninstall, and a doctor that tells what is wrong."""
import itertools
import json
import os
import time

from harness import TOOLS, Project, check, finish

CORPUS = [
    b"", b"\n", b" \r\n\t", b"{}", b"{}\n", b"{ }\n", b"{\n}\n", b'{"a":1}', b'{\n  "a": 1\n}\n', b'{\n\t"a": [1, 2,\n3]\n}', b'{\r\n  "a": 1\r\n}\r\n',
    b'\xef\xbb\xbf{"a": "\\u00e9\xc3\xa9"}', b'{"hooks": {}}', b'{\n  "hooks": {\n    "Stop": []\n  }\n}\n',
    b'{\n  "hooks": {"Stop": [{"matcher": "", "hooks": [{"type": "command", "command": "mine"}]}]},\n  "z": 1.0e5, "z": 2\n}\n',
]


def put(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def get(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def hook(project, *words, env=None):
    return project.run(f"{TOOLS}/track-hook", *words, env=env)


def round_trips():
    project = Project("trips")
    for harness, scope in itertools.product(("claude", "droid"), ("--project", "--user")):
        home = f"{project.root}/home{scope}"
        env = {"HOME": home}
        folder = f"{project.root if scope == '--project' else home}/{'.claude' if harness == 'claude' else '.factory'}"
        path = f"{folder}/settings.json"
        problems = []
        for content in CORPUS:
            put(path, content)
            os.chmod(path, 0o640)
            preview = hook(project, "install", harness, scope, "--dry-run", env=env)
            if get(path) != content or not preview.stdout.startswith(b"--- "):
                problems.append(("a preview", content, preview))
            first = hook(project, "install", harness, scope, env=env)
            added = get(path)
            second = hook(project, "install", harness, scope, env=env)
            if first.returncode or first.stdout or first.stderr or second.returncode or get(path) != added or added == content:
                problems.append(("install", content, first, second))
            json.loads(added.decode("utf-8-sig"))
            mode = os.stat(path).st_mode & 0o777
            removed = hook(project, "uninstall", harness, scope, env=env)
            if removed.returncode or get(path) != content or mode != 0o640:
                problems.append(("uninstall", content, get(path), removed, mode))
        check(f"{harness} {scope}: the same bytes and mode after install and uninstall", not problems, problems[:2])
        os.unlink(path)
        hook(project, "install", harness, scope, env=env)
        made = get(path)
        hook(project, "uninstall", harness, scope, env=env)
        check(f"{harness} {scope}: a file that was made goes again", made is not None and get(path) is None, get(path))


def event_with(*commands):
    handlers = [{"type": "command", "command": command} for command in commands]
    return json.dumps({"hooks": {"Stop": [{"hooks": handlers}]}}, indent=2).encode() + b"\n"


def commands_of_users():
    """Command lines that hold the words but are not what is installed: neither changed nor removed."""
    project = Project("users")
    path = f"{project.root}/.claude/settings.json"
    for command in (
        "touch X; track-hook claude", "TRACK_PROJECT=/srv/x track-hook claude", "track-hook claude || true", "exec track-hook claude",
        "echo use track-hook claude >>notes", "track-hook claude </dev/null", "track-hook claude --verbose", "track-hook claude # mine",
        "~/bin/track-hook claude", '"$HOME/bin/track-hook" claude', "$(which track-hook) claude", "track-hook claude &", "(track-hook claude)",
        "X=/track-hook claude", "track-hook claude\ntouch X", "track-hook cl*ude", "! track-hook claude", "if track-hook claude",
    ):
        content = event_with(command)
        put(path, content)
        first = hook(project, "install", "claude")
        added = json.loads(get(path))["hooks"]["Stop"]
        check(f"install keeps {command!r}", first.returncode == 0 and added[0]["hooks"][0]["command"] == command
              and added[1:] and added[1]["hooks"][0]["command"].endswith("track-hook claude"), added)
        hook(project, "uninstall", "claude")
        check(f"uninstall keeps {command!r}", get(path) == content, get(path))
        hook(project, "uninstall", "claude")
        check(f"uninstall alone keeps {command!r}", get(path) == content, get(path))
    put(path, event_with("track-hook claude"))
    hook(project, "uninstall", "claude")
    check("a file that somebody wrote stays, though nothing is left in it", json.loads(get(path) or b"0") == {}, get(path))


def shapes():
    project = Project("shapes")
    settings, events = f"{project.root}/.factory/settings.json", f"{project.root}/.factory/hooks.json"
    put(settings, b'{"model": "x"}')
    put(events, b'{"Stop": []}\n')
    hook(project, "install", "droid")
    check("Droid: a file of events is preferred where there is one", get(settings) == b'{"model": "x"}'
          and "SessionStart" in json.loads(get(events)) and "hooks" not in json.loads(get(events)), get(events))
    hook(project, "uninstall", "droid")
    check("Droid: and is left as it was", get(events) == b'{"Stop": []}\n', get(events))
    target = f"{project.root}/dotfiles.json"
    link = f"{project.root}/.claude/settings.json"
    put(target, b'{"a": 1}')
    os.makedirs(os.path.dirname(link))
    os.symlink(target, link)
    hook(project, "install", "claude")
    check("a link is followed and stays", os.path.islink(link) and b"track-hook" in get(target), get(target))
    os.unlink(target)
    hook(project, "install", "claude")
    check("so is one that leads to nothing yet", os.path.islink(link) and b"track-hook" in (get(target) or b""), get(target))
    nowhere = f"{project.root}/gone/deep/settings.json"
    os.unlink(link)
    os.symlink("../gone/deep/settings.json", link)
    hook(project, "install", "claude")
    check("also where its directory is missing", os.path.islink(link) and b"track-hook" in (get(nowhere) or b""), get(nowhere))
    os.unlink(link)
    os.symlink("settings.json", link)
    answer = hook(project, "install", "claude")
    check("one that leads to itself is refused", answer.returncode == 74 and os.path.islink(link), answer)
    os.unlink(link)
    os.symlink(target, link)
    for harness, content in (("claude", b"{\n  // mine\n}"), ("claude", b"[]"), ("claude", b'{"hooks": []}'),
                             ("claude", b'{"hooks": {}, "hooks": {}}')):
        put(target, content)
        answer = hook(project, "install", harness)
        check(f"not to be understood: {content[:20]}", answer.returncode == 65 and get(target) == content
              and b"SessionStart" in answer.stdout and b"cannot change" in answer.stderr, answer)
    for words in (["install"], ["install", "frob"], ["frob"], [], ["install", "claude", "--user", "--project"], ["doctor", "--user"],
                  ["claude", "droid", "--help", "--frob"]):
        answer = hook(project, *words)
        check(f"usage: {words}", answer.returncode in (0, 64) and answer.returncode != 2, answer)
    check("usage: a mistake in words is one", hook(project, "install").returncode == 64, "")
    check("--help of an adapter is for people", b"install" in hook(project, "claude", "--help").stdout, "")


def findings(answer):
    return [line for line in answer.stdout.decode().splitlines() if "FINDING" in line]


def doctor():
    project = Project("doctor")
    home = {"HOME": f"{project.root}/home"}
    os.makedirs(f"{project.root}/home")

    def examine(*words):
        return hook(project, "doctor", *(words or ["claude"]), env=home)

    def finds(name, word, *words):
        answer = examine(*words)
        check(f"doctor: {name}", answer.returncode == 1 and any(word in line for line in findings(answer)), answer.stdout.decode())

    path = f"{project.root}/.claude/settings.json"
    finds("nothing is registered", "not registered")
    hook(project, "install", "claude", env=home)
    answer = examine()
    check("doctor: a registration that works", answer.returncode == 0 and b"runs and arrives" in answer.stdout, answer)
    check("doctor: its canary opens nothing", not project.starts(), project.lines())
    good = get(path)
    put(path, good.replace(b'{\n  "hooks"', b'{\n  "disableAllHooks": true,\n  "hooks"', 1))
    finds("hooks are switched off", "disableAllHooks")
    whole = json.loads(good)
    del whole["hooks"]["SessionEnd"]
    put(path, json.dumps(whole).encode())
    finds("an event is missing", "SessionEnd")
    put(path, good.replace(b"track-hook claude", b"/gone/track-hook claude"))
    finds("the tool is missing", "missing or not executable")
    outside = f"{os.path.dirname(project.root)}/other place"
    for name, script, word in (
        ("something is written to standard output", "echo x", "standard output"), ("another status than 0", "exit 2", "status 2"),
        ("nothing arrives", ":", "records nothing in"), ("it is told where to look", ":", ".state/hook.log"),
        ("it closes its output and does not end", "exec >&-; sleep 600", "does not end"),
    ):
        put(f"{outside}/track-hook", f"#!/bin/sh\n{script}\n".encode())
        os.chmod(f"{outside}/track-hook", 0o755)
        put(path, good.replace(b"track-hook claude", f"'{outside}/track-hook' claude".encode()))
        start = time.monotonic()
        finds(name, word)
        check(f"doctor: soon, {name}", time.monotonic() - start < 15, time.monotonic() - start)
    put(path, good)
    put(path, b"{ // comment\n}")
    finds("settings that are no JSON", "strict JSON")
    os.unlink(path)
    put(f"{project.root}/.claude/hooks.json", good)
    finds("a wrong place", "does not read it")
    os.unlink(f"{project.root}/.claude/hooks.json")
    put(path, good)
    hook(project, "install", "claude", "--user", env=home)
    finds("registered twice", "several places")
    hook(project, "uninstall", "claude", "--user", env=home)
    put(path, good.replace(b"track-hook claude", b"track-hook droid"))
    finds("the other harness's command", "install that")
    put(path, good)
    os.chmod(project.logs, 0o777)
    finds("a journal that is not to be trusted", "nothing can be recorded")
    os.chmod(project.logs, 0o700)
    put(f"{project.root}/.factory/settings.json", b'{"hooksDisabled": true}')
    finds("Droid's own switch", "hooksDisabled", "droid")
    check("doctor: both at once", b"claude: ok" in examine("claude").stdout and b"droid: FINDING" in hook(project, "doctor", env=home).stdout, "")


def foreign():
    """A repository from elsewhere registers what it likes: looking at it runs none of that."""
    project = Project("foreign")
    home = {"HOME": f"{project.root}/home"}
    path, mark = f"{project.root}/.claude/settings.json", f"{project.root}/PWN"
    put(f"{project.root}/tools/track-hook", f"#!/bin/sh\n: >'{mark}'\n".encode())
    os.chmod(f"{project.root}/tools/track-hook", 0o755)
    os.symlink(f"{project.root}/tools/track-hook", f"{os.path.dirname(project.root)}/track-hook")
    for command in (f"touch {mark}; track-hook claude", f"track-hook claude; touch {mark}", f"A=$(touch {mark}) track-hook claude",
                    f"track-hook claude >{mark}", f"track-hook claude\ntouch {mark}", f"`touch {mark}` track-hook claude"):
        put(path, event_with(command))
        answer = hook(project, "doctor", "claude", env=home)
        told = [line for line in findings(answer) if "is not tried" in line]
        check(f"doctor: of {command.split(mark)[0]!r} nothing runs, and it is told", answer.returncode == 1 and told
              and not os.path.lexists(mark), answer.stdout)
    for command in ("tools/track-hook claude", "./tools/track-hook claude", f"{project.root}/tools/track-hook claude",
                    f"'{os.path.dirname(project.root)}/track-hook' claude"):
        put(path, event_with(command))
        answer = hook(project, "doctor", "claude", env=home)
        check(f"doctor: what lies in the project does not run: {os.path.basename(command)}", answer.returncode == 1
              and any("is not tried" in line for line in findings(answer)) and not os.path.lexists(mark), answer.stdout)
    put(path, event_with("track-hook claude"))
    answer = hook(project, "doctor", "claude", env=home | {"PATH": f"{project.root}/tools:tools:" + os.environ["PATH"]})
    check("doctor: nor what PATH finds in it", not os.path.lexists(mark), answer.stdout)
    put(path, event_with("TRACK_PROJECT=/srv/x track-hook claude"))
    hook(project, "install", "claude", env=home)
    answer = hook(project, "doctor", "claude", env=home)
    check("doctor: beside a command of somebody's own events come twice", any("more than once" in line for line in findings(answer)), answer.stdout)


for scenario in (round_trips, commands_of_users, shapes, doctor, foreign):
    scenario()
finish()
