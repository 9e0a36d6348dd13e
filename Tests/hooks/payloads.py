"""Payloads of the shapes in which the harnesses send them, as far as they are known: one for every event."""
from harness import COMMAND, CONTENT, MESSAGE, OUTPUT, PROMPT


class Claude:
    name, task = "claude", "Task"

    def __init__(self, root, session="0f3b2c1a-5d6e-4f70-8a91-b2c3d4e5f607"):
        self.common = {
            "session_id": session, "transcript_path": f"{root}/transcripts/{session}.jsonl", "cwd": root,
            "permission_mode": "default",
        }

    def event(self, name, **fields):
        return self.common | {"hook_event_name": name} | fields

    def start(self, source="startup"):
        return self.event("SessionStart", source=source, model="claude-opus-4-6", agent_type="main")

    def end(self, reason="prompt_input_exit"):
        return self.event("SessionEnd", reason=reason)

    def prompt(self):
        return self.event("UserPromptSubmit", prompt=f"please {PROMPT}")

    def before(self, tool, identity, **arguments):
        return self.event("PreToolUse", tool_name=tool, tool_input=arguments, tool_use_id=identity)

    def after(self, tool, identity, response=None, **arguments):
        response = {"stdout": OUTPUT, "stderr": "", "interrupted": False, "isImage": False} if response is None else response
        return self.event("PostToolUse", tool_name=tool, tool_input=arguments, tool_response=response, tool_use_id=identity)

    def failed(self, tool, identity, **arguments):
        return self.event("PostToolUseFailure", tool_name=tool, tool_input=arguments, tool_use_id=identity,
                          error=f"it failed: {OUTPUT}", is_interrupt=False)

    def write(self, identity, path):
        return [self.before("Write", identity, file_path=path, content=CONTENT),
                self.after("Write", identity, {"type": "create", "filePath": path, "content": CONTENT}, file_path=path, content=CONTENT)]

    def shell(self, identity):
        return [self.before("Bash", identity, command=COMMAND, description=COMMAND),
                self.after("Bash", identity, command=COMMAND)]

    def delegate(self, identity, kind="Explore"):
        arguments = {"description": PROMPT, "prompt": PROMPT, "subagent_type": kind}
        return self.before(self.task, identity, **arguments), self.after(self.task, identity, {"content": OUTPUT}, **arguments)

    def waiting(self):
        return self.event("Notification", message=f"Claude needs your permission {MESSAGE}", notification_type="permission_prompt")

    def stop(self):
        return self.event("Stop", stop_hook_active=False, last_assistant_message=OUTPUT)

    def others(self):
        return [
            self.event("SubagentStart", agent_id="a-7", agent_type="Plan"),
            self.event("SubagentStop", agent_id="a-7", agent_type="Plan", stop_hook_active=False, last_assistant_message=OUTPUT),
            self.event("PreCompact", trigger="auto", custom_instructions=PROMPT),
            self.event("PermissionRequest", tool_name="Bash", tool_input={"command": COMMAND}, permission_suggestions=[]),
            self.before("mcp__github__get_issue", "toolu_m", number=7, text=CONTENT),
            self.after("mcp__github__get_issue", "toolu_m", [{"type": "text", "text": OUTPUT}], number=7),
            self.failed("Bash", "toolu_f", command=COMMAND),
            self.before("MultiEdit", "toolu_e", file_path="/srv/b.txt", edits=[{"old_string": CONTENT, "new_string": CONTENT}]),
            self.after("MultiEdit", "toolu_e", "edited", file_path="/srv/b.txt"),
            self.event("PostToolBatch", tools=[]), self.event("PostCompact", trigger="auto"),
        ]

    def whole(self):
        before, after = self.delegate("toolu_t")
        return [self.start(), self.prompt(), *self.shell("toolu_1"), *self.write("toolu_2", "/srv/a.txt"), before, after,
                self.waiting(), self.stop(), *self.others(), self.end()]


class Droid(Claude):
    """Factory's: its own tools, no ids of calls, and keys in camel case where `camel` says so."""

    name, task = "droid", "Task"
    camel = False

    def event(self, name, **fields):
        whole = self.common | {"hook_event_name": name} | fields
        for key in ("tool_use_id", "model", "agent_type"):
            whole.pop(key, None)
        if not self.camel:
            return whole
        return {"".join([key.split("_")[0]] + [part.title() for part in key.split("_")[1:]]): value for key, value in whole.items()}

    def write(self, identity, path):
        return [self.before("Create", identity, file_path=path, content=CONTENT),
                self.after("Create", identity, {"success": True}, file_path=path, content=CONTENT)]

    def shell(self, identity):
        return [self.before("Execute", identity, command=COMMAND, riskLevel="low"),
                self.after("Execute", identity, {"success": True, "output": OUTPUT}, command=COMMAND)]

    def others(self):
        patch = f"*** Begin Patch\n*** Update File: /srv/b.txt\n+{CONTENT}\n*** End Patch"
        return [
            self.before("ApplyPatch", None, input=patch), self.after("ApplyPatch", None, {"success": True}, input=patch),
            self.before("Execute", None, command=COMMAND),
            self.after("Execute", None, {"success": False, "error": OUTPUT}, command=COMMAND),
            self.event("SubagentStop", stop_hook_active=False), self.event("PreCompact", trigger="manual", custom_instructions=PROMPT),
        ]


class CamelDroid(Droid):
    camel = True
