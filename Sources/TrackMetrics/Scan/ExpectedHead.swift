// The head of a line as droid-track itself writes it, guessed key by key. A guess that holds costs a compare with a
// constant, and what follows does not wait for a search: the processor runs ahead on the predicted branch. Where a guess
// fails the general loop goes on from the last value that was passed.

extension LineScanner {
  /// Passes the first members of a line of ours; the position after the last value that was as expected.
  ///
  /// Nil when not even the timestamp is.
  @inline(__always) mutating func expectedHead(_ start: Cursor) -> Cursor? {
    guard let clock = after(start, "{\"timestamp\": \""), let time = day.time(clock) else { return nil }
    line.time = time
    seen = .timestamp
    var position = clock + 33
    guard let type = expectedType(position) else { return position }
    position = type
    if let run = after(position, ", \"run_id\": \""), let end = expectedRun(run) {
      line.run = range(run, end - 1)
      seen.formUnion(.run)
      position = end
    }
    guard let task = after(position, ", \"task_id\": \""), let taskEnd = plainEnd(task) else {
      return position
    }
    line.task = range(task, taskEnd)
    seen.formUnion(.task)
    position = taskEnd + 1
    guard let droid = after(position, ", \"droid_id\": \""), let droidEnd = plainEnd(droid) else {
      return position
    }
    line.droid = range(droid, droidEnd)
    seen.formUnion(.droid)
    position = droidEnd + 1
    guard let id = after(position, ", \"execution_id\": \""), let end = expectedExecution(id) else {
      return position
    }
    position = end
    guard let status = after(position, ", \"status\": \"") else { return position }
    return expectedStatus(status) ?? position
  }

  /// The closing quote of plain text.
  @inline(__always) private func plainEnd(_ start: Cursor) -> Cursor? {
    let end = endOfPlainText(start)
    return end.byte == UInt8(ascii: "\"") ? end : nil
  }

  @inline(__always) private mutating func expectedType(_ start: Cursor) -> Cursor? {
    guard let type = after(start, ", \"event_type\": \"") else { return nil }
    if let end = after(type, "droid.self_report\"") {
      line.kind = .selfReport
      return take(type, end)
    }
    if let end = after(type, "task.execution.started\"") {
      line.kind = .started
      return take(type, end)
    }
    if let end = after(type, "task.execution.completed\"") {
      line.kind = .completed
      return take(type, end)
    }
    return nil
  }

  @inline(__always) private mutating func take(_ type: Cursor, _ end: Cursor) -> Cursor {
    line.type = range(type, end - 1)
    seen.formUnion(.type)
    return end
  }

  /// A run id as we make it, `r-YYYYMMDD-HHMM-<4 hex>`, is 20 bytes long.
  @inline(__always) private func expectedRun(_ start: Cursor) -> Cursor? {
    let head = specialNibbles(start.block)
    let tail = specialNibbles((start + 4).block)
    guard head | tail == 0, (start + 20).byte == UInt8(ascii: "\"") else { return plainEnd(start).map { $0 + 1 } }
    return start + 21
  }

  /// An execution id of ours holds the task: `exec-<10 digits>-<task>-<8 hex>`.
  @inline(__always) private mutating func expectedExecution(_ start: Cursor) -> Cursor? {
    let count = 25 + line.task.count
    let end = start + count
    guard end.byte == UInt8(ascii: "\""), (end - 9).byte == UInt8(ascii: "-"),
      (start + 15).byte == UInt8(ascii: "-"),
      (start + 16).equals(base + line.task.offset, line.task.count),
      line.takeApart(start, count)
    else {
      guard let end = plainEnd(start) else { return nil }
      line.execution = range(start, end)
      seen.formUnion(.execution)
      line.takeApart(start, line.execution.count)
      return end + 1
    }
    line.execution = range(start, end)
    seen.formUnion(.execution)
    return end + 1
  }

  @inline(__always) private mutating func expectedStatus(_ start: Cursor) -> Cursor? {
    let end: Cursor
    if let executing = after(start, "executing\"") {
      end = executing
    } else if let completed = after(start, "completed\"") {
      end = completed
    } else {
      guard let other = plainEnd(start) else { return nil }
      end = other + 1
    }
    line.statusText = range(start, end - 1)
    seen.formUnion(.status)
    return end
  }
}
