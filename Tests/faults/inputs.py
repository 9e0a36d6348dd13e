"""Every way in for a text: the fields that record it, the arguments that are refused, the configuration."""

import json

from harness import WORK

# Where a secret may stand in a line; `{}` is the secret. Bytes that are no UTF-8 belong to the last two.
PLACES = ["{}", "fatal: {} was refused", '("{}")', "'{}'", "a={},b", "<{}>", "[{}]", "see:{};", "\t{}\\n", "\x1b[31m{}\x1b[0m",
          "\\u00fc{}\\u00fc", "\\u001b[31m{}\\u001b[0m", "ü{}ü", "https://acme.io/?x={}#top", "\udcff{}\udcff", "\udce2\udc82{}\udced\udca0\udc80"]


def nested(texts):
    """A result with texts as keys, as values at several depths, and as JSON within a text."""
    half = len(texts) // 2
    return json.dumps({"list": texts[:half], "deep": {"er": [{text: 1} for text in texts[half:]]}})


def options(name, texts):
    return [word for text in texts for word in (name, text)]


def written(text):
    path = f"{WORK}/result.json"
    with open(path, "w") as file:
        file.write(text)
    return path


def is_key(text):
    """Whether a text can stand before a `=` as a whole."""
    return "=" not in text and ":" not in text and len(text) <= 120


def as_key(text):
    return f"{text}=v"


# Every field: the call for some texts, (argv, stdin). A call that ends an execution is preceded by a start.
FIELDS = {
    "description": lambda t: (["task-start", "2.1", "\n".join(t), "--supersede"], None),
    "context value": lambda t: (["task-start", "2.1", "--supersede", *options("--context", [f"k{n}={x}" for n, x in enumerate(t)])], None),
    "context key": lambda t: (["task-start", "2.1", "--supersede", "--context=a=1", *options("--context", map(as_key, filter(is_key, t)))], None),
    "message": lambda t: (["task-progress", "1.0", "--message=" + "\n".join(t)], None),
    "message operand": lambda t: (["task-progress", "1.0", "0.5", "\n".join(t)], None),
    "reported error": lambda t: (["task-progress", "1.0", "--error", "\n".join(t), "--json"], None),
    "reported value": lambda t: (["task-progress", "1.0", *options("--set", [f"k{n}={x}" for n, x in enumerate(t)])], None),
    "reported JSON": lambda t: (["task-progress", "1.0", "--set", "j:=" + nested(t)], None),
    "result": lambda t: (["task-done", "1.1", "--result", nested(t), "--json"], None),
    "result file": lambda t: (["task-done", "1.1", "--result", f"@{written(nested(t))}"], None),
    "result stdin": lambda t: (["task-done", "1.1", "--result", "-"], nested(t)),
    "JSON in JSON": lambda t: (["task-done", "1.1", "--set", "log=" + json.dumps({"a": t})], None),
    "result value": lambda t: (["task-done", "1.1", *options("--set", [f"list[]={x}" for x in t])], None),
    "files": lambda t: (["task-done", "1.1", *options("--file-created", t[::3]), *options("--file-modified", t[1::3]),
                         *options("--file-deleted", t[2::3])], None),
    "commits and branches": lambda t: (["task-done", "1.1", *options("--commit", t[::2]), *options("--branch", t[1::2])], None),
    "error": lambda t: (["task-fail", "1.1", "--error", "\n".join(t), "--json"], None),
    "error stdin": lambda t: (["task-fail", "1.1", "--error", "-"], "\n".join(t)),
    "failed result": lambda t: (["task-fail", "1.1", "--result", nested(t)], None),
    "commit": lambda t: (["track-event", "git.commit", "--sha", t[0], "--branch", t[1 % len(t)], "--message", "\n".join(t)], None),
    "event value": lambda t: (["track-event", "task.scheduled", *options("--set", [f"k{n}={x}" for n, x in enumerate(t)])], None),
    "event JSON": lambda t: (["track-event", "droid.started", "--data", nested(t)], None),
    "audit": lambda t: (["track-event", "audit.recorded", "--action", "\n".join(t), "--set", f"a={t[0]}"], None),
}
# A text is not marked where only some fit.
UNMARKED = ("context key",)

# Arguments that are refused, or said again.
REFUSALS = [
    lambda s: ["task-start", s],
    lambda s: ["task-start", f"fix-{s}"],
    lambda s: ["task-start", "2.1", "text", s],
    lambda s: ["task-start", "2.1", "--timeout", s],
    lambda s: ["task-start", "2.1", "--owner-pid", s],
    lambda s: ["task-start", "2.1", "--new", "--parent", s],
    lambda s: ["task-start", "2.1", "--new", "--droid", s],
    lambda s: ["task-start", "2.1", f"--{s}"],
    lambda s: ["task-start", "2.1", f"--unknown={s}"],
    lambda s: ["task-start", "2.1", "--context", s.replace("=", "-")],
    lambda s: ["task-progress", "1.0", "0.5", "text", s],
    lambda s: ["task-progress", s, "text"],
    lambda s: ["task-progress", "1.0", "--status", s],
    lambda s: ["task-progress", "1.0", "--cpu-percent", s],
    lambda s: ["task-progress", "1.0", "--set", "k:=" + s],
    lambda s: ["task-progress", "1.0", "--set", s.replace("=", "-")],
    lambda s: ["task-done", s],
    lambda s: ["task-done", "1.0", s],
    lambda s: ["task-done", "1.0", "--result", s],
    lambda s: ["task-done", "1.0", "--result", f"@{s}"],
    lambda s: ["task-done", "1.0", "--result", f"@/no/such/{s}"],
    lambda s: ["task-done", "1.0", "--tests-run", s],
    lambda s: ["task-done", "1.0", "--coverage", s],
    lambda s: ["task-done", "1.0", "--execution", s],
    lambda s: ["task-done", "1.0", "--wait", s],
    lambda s: ["task-done", "1.0", "--project", f"/no/such/{s}"],
    lambda s: ["task-done", "1.0", "--config", f"/no/such/{s}"],
    lambda s: ["task-fail", s, "--error", s],
    lambda s: ["task-fail", "9.9", "--signal", s],
    lambda s: ["task-fail", "9.9", "--exit-code", s],
    lambda s: ["task-fail", "9.9", "--line", s],
    lambda s: ["track-event", s],
    lambda s: ["track-event", "task.started", "--status", s],
    lambda s: ["track-event", "task.started", "--data", s],
    lambda s: ["track-event", "task.started", "--task", s],
    lambda s: ["track-event", "git.commit", "--branch", s],
    lambda s: ["track-metrics", s],
    lambda s: ["track-metrics", "--project-dir", f"/no/such/{s}"],
    lambda s: ["track-sweep", "--timeout", s],
    lambda s: ["track-sweep", s],
    lambda s: ["track-shell", s],
    lambda s: ["task-start", "2.1", "--new", ("DROID_ID", s)],
    lambda s: ["task-start", "2.1", "--new", ("DROID_RUN_ID", s)],
    lambda s: ["task-progress", ".", "text", ("DROID_EXECUTION_ID", s)],
    lambda s: ["task-start", "2.1", "--new", ("SCRIPT_NAME", s)],
    lambda s: ["task-start", "2.1", "--new", ("TRACK_PROJECT", f"/no/such/{s}")],
]

# Broken in the text; `{}` is a JSON string.
CONFIGURATIONS = (
    "performance:\n  execution_tracking:\n    durability: {}\n",
    "performance:\n  execution_tracking:\n    default_timeout: {}\n",
    "performance:\n  execution_tracking:\n    redaction:\n      patterns: {}\n",
    "performance:\n  execution_tracking:\n    redaction:\n      patterns: [{}]\n",
    "logging:\n  format: {}\n",
    "logging:\n  {}: x\n  format: text\n",
    "concurrency:\n  file_locking:\n    lock_timeout: {}\n",
    "logging: {}\n",
)
