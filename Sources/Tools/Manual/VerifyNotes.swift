extension ManualNotes {
  /// The notes of track-verify.
  static let trackVerify = Self(
    exitStatuses: [
      ExitStatus(code: 0, meaning: "Nothing was found, or warnings alone."), .findings, .usage, .data, .internal,
      .inputOutput,
      ExitStatus(code: 75, meaning: "The journal's lock was not had in time."), .permission, .configuration,
    ],
    environment: [.project, .state], files: [.configuration, .journal, .putAside, .eventSchema],
    examples: [
      Example(
        purpose: "Look whether the journal is in order, and mend what can be mended:",
        script: """
          task-start 1.1 'Write the parser'
          task-done 1.1
          track-verify
          track-verify --repair
          """),
      Example(
        purpose: "Seal it, keep the head elsewhere, and hold the journal to it later:",
        script: """
          track-sweep --seal
          track-verify --head >head.json
          track-verify --seals --since @head.json
          """),
      Example(
        purpose: "Hold lines to the event schema, whoever wrote them:",
        script: """
          track-verify --json .droid-forge/logs/events.ndjson >findings.json
          """),
    ],
    seeAlso: [Page(name: "track-sweep", section: 1), Page(name: "track-metrics", section: 1)])
}

extension ManualNotes.File {
  fileprivate static let putAside = Self(
    path: ".droid-forge/logs/*.bad", meaning: "Files as they were before a repair; seals are held to them, too.")
  fileprivate static let eventSchema = Self(
    path: "docs/event.schema.json", meaning: "The rules of a line as a JSON Schema (2020-12), in the source tree.")
}
