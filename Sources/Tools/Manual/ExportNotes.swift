/// The notes of track-export.
extension ManualNotes {
  static let trackExport = Self(
    exitStatuses: [
      ExitStatus(
        code: 0, meaning: "Everything is written; with `--since-last` the mark is moved, and made where there was none."
      ),
      .usage,
      ExitStatus(code: 65, meaning: "An option's value is unusable, or the mark of the last export is."),
      .internal, .cannotCreate, .inputOutput,
      ExitStatus(code: 75, meaning: "Another export of this format with `--since-last` is under way."), .permission,
      .configuration,
    ],
    environment: [.project, .state], files: [.configuration, .journal, .original, .exportMark],
    examples: [
      Example(
        purpose: "Look at a project's executions in ui.perfetto.dev, which opens the file:",
        script: """
          task-run 9.1 'Build the pages' --droid builder -- mkdir -p site
          track-export --format perfetto --output trace.json
          """),
      Example(
        purpose:
          "Append what has ended since the last time to a file that OpenTelemetry's collector reads, as from cron:",
        script: """
          track-export --since-last >>traces.jsonl
          """),
      Example(
        purpose: "Write what one droid did in the last week:",
        script: """
          track-export --droid builder --since 7d --output builder.jsonl
          """),
    ],
    seeAlso: [
      Page(name: "task-run", section: 1), Page(name: "track-metrics", section: 1), Page(name: "track.sh", section: 7),
    ])
}
