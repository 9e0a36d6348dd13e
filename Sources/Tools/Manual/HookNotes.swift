/// The notes of track-hook.
extension ManualNotes {
  static let trackHook = Self(
    exitStatuses: [
      ExitStatus(
        code: 0, meaning: "What was asked for is done; as `droid` and `claude` always, whatever has happened."),
      .findings, .usage,
      ExitStatus(code: 65, meaning: "The settings are no strict JSON, or not what the harness reads."),
      .unavailable, .internal, .inputOutput, .configuration,
    ],
    environment: [
      .project, .execution, .run, .droid, .state,
      Variable(name: "TRACK_DISABLE", meaning: "Set to 1, nothing is recorded."),
      Variable(
        name: "CLAUDE_PROJECT_DIR", meaning: "Where a session of Claude Code was started; its project is recorded in."),
      Variable(name: "FACTORY_PROJECT_DIR", meaning: "The same of Droid."),
      Variable(
        name: "CLAUDE_ENV_FILE",
        meaning:
          "A file that Claude Code reads before each command: it gets `DROID_EXECUTION_ID`, `DROID_RUN_ID` and "
          + "`TRACEPARENT`, so that scripts the agent runs join its session."),
      Variable(name: "DROID_ENV_FILE", meaning: "The same of Droid."),
      Variable(name: "CLAUDE_CONFIG_DIR", meaning: "Where Claude Code keeps its user's settings; `~/.claude`."),
    ],
    files: [
      .configuration, .journal,
      File(
        path: ".droid-forge/logs/.state/hook.log", meaning: "What went wrong in hooks; the one before is `hook.log.1`."),
      File(path: ".droid-forge/logs/.state/hooks/", meaning: "What is counted of sessions until it is in the journal."),
      File(
        path: ".claude/settings.json", meaning: "The settings of Claude Code, in a project or in the home directory."),
      File(
        path: ".factory/settings.json", meaning: "The settings of Droid; `.factory/hooks.json` goes before where it is."
      ),
    ],
    examples: [
      Example(
        purpose: "See what would be registered in this project, register it, and look whether it works:",
        script: """
          track-hook install claude --dry-run
          track-hook install claude
          track-hook doctor claude
          """),
      Example(
        purpose: "Take out what install wrote; everything else stays as it is, to the byte:",
        script: """
          track-hook uninstall claude
          """),
      Example(
        purpose: "What a harness does at an event, done by hand:",
        script: """
          echo '{"hook_event_name": "SessionStart", "session_id": "s1"}' | track-hook droid
          echo '{"hook_event_name": "SessionEnd", "session_id": "s1"}' | track-hook droid
          track-metrics --sessions
          """),
    ],
    seeAlso: [
      Page(name: "track-metrics", section: 1), Page(name: "track-sweep", section: 1),
      Page(name: "task-start", section: 1),
    ])
}
