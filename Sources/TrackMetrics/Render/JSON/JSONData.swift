import TrackCore

extension JSONWriter {
  /// The members of what was selected.
  mutating func selection(_ selection: Selection) {
    member("since", selection.since)
    member("until", selection.until)
    member("droid", selection.droid)
    member("task", selection.task)
    member("run", selection.run)
  }

  /// The members of what was read.
  mutating func data(_ data: DataSummary) {
    objects("directories", data.directories) {
      $0.member("label", $1.label)
      $0.member("role", $1.role.rawValue)
    }
    objects("files", data.files) {
      $0.member("file", $1.name)
      $0.member("stream", $1.stream.map { String($0.fileName.dropLast(7)) })
      $0.member("lines", $1.lines)
    }
    member("lines", data.lines)
    member("events", data.events)
    member("repeats", data.repeats)
    member("repeats_forgotten", data.hasForgottenRepeats)
    member("bad_lines", data.problems.count)
    objects("problems", data.problems.first) {
      $0.member("file", $1.file)
      $0.member("line", $1.line)
      $0.member("reason", $1.reason)
    }
    objects("unreadable", data.unreadable) {
      $0.member("file", $1.name)
      $0.member("reason", $1.reason)
    }
    member("last_metrics", data.lastMetrics)
    member("first", data.first)
    member("last", data.last)
    member("event_types", data.eventTypes)
    member("foreign_event_types", data.foreignTypes)
    member("self_reports", data.selfReports)
    guard data.prunedSegments > 0 else { return }
    key("pruned")
    object { json in
      json.member("segments", data.prunedSegments)
      json.member("executions", data.prunedExecutions)
      json.member("undecided", data.undecidedExecutions)
    }
  }
}
