/// The notes of track-export.
extension ManualNotes {
  static let trackExport = Self(
    exitStatuses: [
      .success, .usage, .data, .internal, .cannotCreate, .inputOutput, .locked, .permission, .configuration,
    ],
    environment: [.project, .state], files: [.configuration, .journal],
    examples: [
      Example(
        purpose: "Look at a project's executions in ui.perfetto.dev, which opens the file:",
        script: """
          task-run 9.1 'Build the pages' --droid builder -- mkdir -p site
          track-export --format perfetto --output trace.json
          """),
      Example(
        purpose: "Append what has ended since the last time to a file that a collector reads, as from cron:",
        script: """
          track-export --since-last >>traces.jsonl
          """),
    ],
    seeAlso: [Page(name: "track-metrics", section: 1), Page(name: "task-run", section: 1)])
}
