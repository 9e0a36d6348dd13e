"""Makes the journal of a project as it may come to be, and knows what has to be exported of it."""

import datetime
import json

HOSTILE = ["é\u202e\u001b[31m", '"},{"ph":"X"', "\u0000\u2028</script>", "x" * 3000, "\U0001F600", "", "\\u0000"]
START = datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc)


class History:
    """Lines in the order of writing; `executions` says of each execution how it ended, None for one that is open."""

    def __init__(self, random, count):
        self.random, self.lines, self.executions, self.parents = random, [], {}, {}
        self.clock, self.number, self.ids = 0.0, 0, {}
        open_now = []
        while self.number < count or open_now:
            self.clock += random.expovariate(1)
            choice = random.random()
            if self.number < count and (not open_now or choice < 0.3):
                open_now.append(self.start(open_now))
            elif choice < 0.7 and open_now:
                self.report(random.choice(open_now))
            elif open_now:
                execution = open_now.pop(random.randrange(len(open_now)))
                if random.random() < 0.9 or self.number < count:
                    self.end(execution)
            if random.random() < 0.02 and self.lines:
                self.lines.append(random.choice(self.lines))
            if random.random() < 0.01:
                self.lines.append(random.choice([b'{"torn', b"\0\0\0", b"\xff\xfe", b"[]", b"{}", b"null", b"x" * 2_000_000]))

    def line(self, kind, execution, own, **more):
        stamp = (START + datetime.timedelta(seconds=self.clock)).isoformat(timespec="microseconds")
        self.ids[len(self.ids)] = None
        run, task, droid = execution[1:]
        line = {"timestamp": stamp, "event_type": kind, "run_id": run, "task_id": task, "droid_id": droid,
                "execution_id": execution[0], **own, "event_id": f"{self.random.getrandbits(128):032x}", **more,
                "host": "forge", "project": "shop"}
        self.lines.append(json.dumps(line, ensure_ascii=self.random.random() < 0.5).encode())

    def start(self, open_now):
        random = self.random
        self.number += 1
        task = f"{random.randrange(9)}.{random.randrange(9)}"
        parent = random.choice(open_now) if open_now and random.random() < 0.4 else None
        run = parent[1] if parent else f"r-{self.number}"
        execution = (f"exec-{self.number}-{task}-{random.getrandbits(32):08x}", run, task, f"droid-{random.randrange(5)}")
        details = {"description": random.choice(HOSTILE)}
        if parent:
            details["parent_execution_id"] = parent[0]
        # As executions of this version, and of older ones, which have no ids of their own.
        if parent and parent[0] in self.parents:
            trace, span = self.parents[parent[0]]
            self.trace(execution, details, trace, span)
        elif not parent and random.random() < 0.7:
            self.trace(execution, details, f"{random.getrandbits(128) | 1:032x}", None)
        self.executions[execution[0]] = None
        self.line("task.execution.started", execution, {"status": "executing", "details": details})
        return execution

    def trace(self, execution, details, trace, above):
        span = f"{self.random.getrandbits(64) | 1:016x}"
        self.parents[execution[0]] = (trace, span)
        details.update(trace_id=trace, span_id=span, trace_flags="01")
        if above:
            details["parent_span_id"] = above

    def report(self, execution):
        random = self.random
        details = random.choice([
            {"event_type": "progress", "progress": random.random(), "message": random.choice(HOSTILE)},
            {"event_type": "resource_usage", "cpu_percent": random.random() * 100, "memory_mb": 3},
            {"event_type": "error", "error": random.choice(HOSTILE)}, {"event_type": 7, "progress": "half"}, {}])
        self.line("droid.self_report", execution, {"status": "executing", "details": details})

    def end(self, execution):
        random = self.random
        ending = random.choice(["success", "success", "failure", "cancellation", "timeout", "error", "late"])
        if ending in ("error", "late"):
            self.executions[execution[0]] = "error"
            self.line("task.execution.abandoned", execution,
                      {"status": "abandoned", "reason": "process_gone", "details": {"duration_seconds": 5.5}})
        if ending == "late":
            self.clock += 1
        if ending != "error":
            status = {"failure": "failed", "cancellation": "failed", "timeout": "timeout"}.get(ending, "completed")
            details = {"duration_seconds": 6, **({"exit_code": 3} if ending == "failure" else {})}
            details.update({"signal": "TERM"} if ending == "cancellation" else {})
            details.update({"late": True} if ending == "late" else {})
            self.executions[execution[0]] = "success" if ending == "late" else ending
            self.line("task.execution.completed", execution, {"status": status, "details": details})
