/// The formats executions are written in.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// OTLP/JSON, a request a line
  case otlpJSON = "otlp-json"
  /// Chrome's trace events
  case perfetto
}

/// Which executions are wanted; nil wants all.
package struct ExportSelection: Sendable {
  /// Only those that ended since then, in microseconds since 1970.
  package var since: Int64?
  /// Only those of this run.
  package var run: String?
  /// Only those of this task.
  package var task: String?
  /// Only those that this droid started.
  package var droid: String?

  /// Wants all.
  package init() {}

  /// Whether it leaves none out.
  package var isEverything: Bool { since == nil && run == nil && task == nil && droid == nil }

  func contains(_ execution: FinishedExecution) -> Bool {
    (since.map { execution.end >= $0 } ?? true) && (run.map { execution.run == $0 } ?? true)
      && (task.map { execution.task == $0 } ?? true) && (droid.map { execution.droid == $0 } ?? true)
  }
}
