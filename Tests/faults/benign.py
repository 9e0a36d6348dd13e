"""Messages that are nobody's secret stay as they are.

The other half of invariant 26: recorded for real and read back, at most one in a hundred is altered, and no id.
"""

import json

import messages
from harness import LONG, WORK, leave, verdict
from project import Project

AT_ONCE = 200


def record(project, corpus):
    """Records the messages as results, some at a time; returns the executions' ids as they were printed."""
    ids = set()
    for number in range(0, len(corpus), AT_ONCE):
        ids.add(project.must("task-start", f"7.{number}"))
        group = json.dumps({"m": corpus[number:number + AT_ONCE]})
        project.must("task-done", f"7.{number}", "--result", "-", stdin=None, input=group.encode())
    return ids


corpus = messages.corpus(4000 if LONG else 2400, seed=26)
project = Project(f"{WORK}/project")
ids = record(project, corpus)
results = [event["result_data"] for event in project.events("results") if event["event_type"] == "task.result"]
recorded = [text for result in results for text in result.get("m", [])]
problems = []
if len(recorded) != len(corpus):
    problems.append(f"{len(recorded)} of {len(corpus)} messages are on record")
if {event["execution_id"] for event in project.events()} != ids:
    problems.append("an execution id is altered")
altered = [(before, after) for before, after in zip(corpus, recorded) if before != after]
for before, after in altered:
    print(f"altered: {before!r} -> {after!r}")
share = 100 * len(altered) / len(corpus)
if share > 1:
    problems.append(f"{share:.2f} % altered")
verdict("benign messages", problems,
        f"{len(altered)} of {len(corpus)} altered ({share:.2f} %), none of {len(ids)} ids", 2000, len(set(corpus)))
leave()
