@testable import TrackCore

/// The small parsers; the first byte of an input chooses one, the rest is its text.
func fuzzValues(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let rest = Array(bytes.dropFirst())
  let text = String(decoding: rest, as: UTF8.self)
  switch choice % 7 {
  case 0: readTimestamp(text)
  case 1: writeTimestamp(rest)
  case 2: readDuration(text)
  case 3: readIdentifiers(text)
  case 4:
    readResultArguments(text)
    readReportLine(rest)
  case 5: readEventID(text)
  default: readPath(text)
  }
}

/// What is read of a time is written in one form, which reads as the same time.
private func readTimestamp(_ text: String) {
  guard let timestamp = Timestamp(text) else { return }
  let written = timestamp.description
  demand(written.utf8.count == Timestamp.writtenLength, "\(text) is written as \(written)")
  demand(Timestamp(written) == timestamp, "\(text) is written as \(written), which reads otherwise")
  demand(text.utf8.allSatisfy { $0 < 0x80 }, "a time of other characters than ASCII's")
}

/// Any count of microseconds can be written.
private func writeTimestamp(_ bytes: [UInt8]) {
  let microseconds = bytes.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
  let timestamp = Timestamp(microseconds: microseconds)
  let time = timestamp.calendarFields
  demand((1...12).contains(time.month) && (1...31).contains(time.day), "\(microseconds) is on no day")
  demand((0...23).contains(time.hour) && (0...59).contains(time.minute), "\(microseconds) is in no minute")
  demand((0...59).contains(time.second) && (0...999_999).contains(time.microsecond), "\(microseconds) is in no second")
  if let again = Timestamp(timestamp.description) { demand(again == timestamp, "\(timestamp) reads otherwise") }
}

/// Durations and sizes are what their digits and their unit say.
private func readDuration(_ text: String) {
  let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  let number = Int64(String(decoding: Array(digits), as: UTF8.self)) ?? -1
  if let duration = Duration(durationText: text) {
    let milliseconds: [String: Int64] = [
      "": 1_000, "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]
    let factor = milliseconds[String(text.unicodeScalars.dropFirst(digits.count))] ?? 0
    demand(factor > 0 && duration == .milliseconds(number * factor), "\(text) is no \(duration)")
    demand(duration <= .seconds(36_500 * 86_400), "\(text) is too long")
  }
  if let size = SizeText.bytes(text) {
    demand(number >= 0 && size >= number && (number == 0 ? size == 0 : size % number == 0), "\(text) is no \(size)")
  }
}

/// An identifier is safe wherever it is written.
private func readIdentifiers(_ text: String) {
  if let id = try? ExecutionID(text) {
    demandSafe(id.text, as: text, maximumLength: ExecutionKind.maximumLength)
    _ = id.startedAt?.description
    if let task = id.taskText {
      demand(id.text.contains("-\(task)-"), "a task from nowhere")
      if let task = try? TaskID(task) { demand(id.isOf(task: task), "not of its own task") }
    }
  }
  if let id = try? TaskID(text) {
    demandSafe(id.text, as: text, maximumLength: TaskKind.maximumLength)
    let execution = ExecutionID(task: id, startedAt: Timestamp(microseconds: 1_760_000_000_000_000), random: 7)
    demand((try? ExecutionID(execution.text)) == execution, "\(execution) is no identifier")
    demand(execution.taskText == id.text, "\(execution) is of \(execution.taskText ?? "no task")")
    demand(execution.startedAt?.microseconds == 1_760_000_000_000_000, "\(execution) started elsewhere")
  }
}

private func demandSafe(_ id: String, as text: String, maximumLength: Int) {
  demand(id.utf8.elementsEqual(text.utf8), "another text")
  demand((1...maximumLength).contains(id.utf8.count), "\(id.utf8.count) bytes")
  demand(id.unicodeScalars.allSatisfy { $0.isASCII && !$0.actsOnTerminals && $0 != "/" && $0 != " " }, "unsafe: \(id)")
  demand(id.utf8.first != UInt8(ascii: ".") && id.utf8.first != UInt8(ascii: "-"), "unsafe: \(id)")
}

/// Arguments, a line each, make a result that can be written, or say what is wrong with them.
private func readResultArguments(_ text: String) {
  var result = JSONObject()
  for line in text.unicodeScalars.split(separator: "\n") {
    do throws(InvalidResultArgument) {
      let argument = try ResultArgument(String(line))
      demand((1...ResultArgument.maximumKeyLength).contains(argument.key.utf8.count), "a key of another length")
      demand(!argument.key.utf8.contains(UInt8(ascii: "=")), "a key with its value")
      try argument.fold(into: &result)
      demand(result[argument.key] != nil, "the argument said nothing")
    } catch {
      demand(error.problem.hasPrefix("expected") != line.contains("="), "an = was not seen: \(line)")
      demand(!error.description.isEmpty, "an error that says nothing")
      demand(!error.description.unicodeScalars.contains(where: \.actsOnTerminals), "an error that acts on a terminal")
    }
  }
  demand(result.depth <= JSONObject.maximumDepth + 2, "nested \(result.depth) deep")
  demandStable(.object(result))
  for ending in Ending.allCases {
    let validation = ResultValidator.validate(result, ending: ending)
    demand(!result.isEmpty || !validation.problems.isEmpty, "nothing was fine")
  }
}

/// A line of a stream is a report that could be made with options, or says what is wrong with it.
private func readReportLine(_ bytes: [UInt8]) {
  do throws(InvalidReport) {
    guard let report = try ReportLine.report(bytes, in: 0..<bytes.count) else { return }
    demand(report.progress.map { (0...1).contains($0) } ?? true, "a part beyond the whole")
    demand(!report.status.isEnding, "an ending")
    demand((report.kind == .error) == (report.error != nil), "an error of another kind")
    demand(!report.fields.members.contains { WireKey.reportDetails.contains($0.key) }, "a key twice")
    demand(report.fields.depth <= JSONObject.maximumDepth, "nested \(report.fields.depth) deep")
  } catch {
    demand(!error.problem.isEmpty, "an error that says nothing")
  }
}

private func readEventID(_ text: String) {
  if let id = EventID(text) { demand(id.description == text, "\(text) is written as \(id)") }
}

/// Paths are taken apart at slashes, whatever follows them.
private func readPath(_ text: String) {
  let path = Path.absolute(text, from: "/project")
  let components = Path.components(path)
  demand(path.utf8.first == UInt8(ascii: "/"), "\(path) is not absolute")
  demand(
    !components.contains { $0.utf8.contains(UInt8(ascii: "/")) || $0.isEmpty || $0 == "." }, "a component of \(path)")
  demand(("/" + components.joined(separator: "/")).utf8.elementsEqual(path.utf8), "\(path) is made of other components")
  demand(Path.name(path).utf8.elementsEqual((components.last ?? "").utf8), "\(path) is not named by its end")
  demand(Path.isInside(path, Path.parent(path)), "\(path) is not in its parent")
  demand(!Path.isInside("/project", path) || components.isEmpty || path == "/project", "/project is in \(path)")
}
