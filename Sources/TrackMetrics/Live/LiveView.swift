package import TrackCore

/// Makes a screenful of what runs and what ended last.
///
/// Pure: the same facts, time and size make the same lines. Every text passes `TextLine`, so that nothing in a log acts
/// on the terminal.
package struct LiveView {
  /// What is shown.
  package let facts: LiveFacts
  /// How the project is named.
  package let title: String
  /// The moment it is shown for.
  package let now: Timestamp
  /// What the terminal can show.
  package let style: TextStyle
  /// The lines of the terminal; nil where there is room for everything.
  package let rows: Int?

  /// Makes a view.
  package init(facts: LiveFacts, title: String, now: Timestamp, style: TextStyle, rows: Int?) {
    self.facts = facts
    self.title = title
    self.now = now
    self.style = style
    self.rows = rows
  }

  /// The endings that are shown even where much runs, and at most where there is room.
  private static let endings = (least: 3, most: 20)
  private static let barColumns = 12

  /// The lines, each without its line end and no wider than the terminal.
  package var lines: [String] {
    let frame = 4
    let room = rows.map { max(2, $0 - frame) } ?? .max
    let running = runningLines
    let wantedEndings = min(Self.endings.most, facts.endings.count)
    let roomForRunning = max(1, room - min(wantedEndings, Self.endings.least))
    let shown = fitting(running, in: roomForRunning)
    let roomForEndings = room - shown.count
    var lines = [heading, TextLine(style)] + shown + [TextLine(style), title("Newest endings")]
    lines += facts.endings.isEmpty ? [note("None yet.")] : endingLines(min(wantedEndings, max(1, roomForEndings)))
    return lines.prefix(rows ?? .max).map { line in
      var line = line
      line.cut()
      return String(line.encoded.dropLast())
    }
  }

  // MARK: Heading

  private var heading: TextLine {
    var line = TextLine(style)
    line.add(style.fitted(style.shown(title), in: 30), .heading)
    line.add("  \(String(timeText(now).dropFirst(11)))  ", .quiet)
    line.add(facts.openCount == 0 ? "nothing runs" : "\(countText(facts.openCount)) open", .accent)
    let late = facts.running.count { state(of: $0).isLate }
    if late > 0 { line.add(", \(late) overdue", .warning) }
    if facts.sessionCount > 0 { line.add(", \(counted(facts.sessionCount, "session"))", .quiet) }
    if let rate = facts.tally.successRate {
      line.add("  \(percentText(rate)) completed of \(countText(facts.tally.ended)) ended", .quiet)
    }
    return line
  }

  private func title(_ text: String) -> TextLine {
    var line = TextLine(style)
    line.add(text, .heading)
    return line
  }

  private func note(_ text: String) -> TextLine {
    var line = TextLine(style, indent: 2)
    line.add(text, .quiet)
    return line
  }

  // MARK: What runs

  /// The lines of each open execution, with the title before them.
  private var runningLines: [[TextLine]] {
    guard !facts.running.isEmpty else { return [[title("Open executions")], [note("None.")]] }
    let widths = nameWidths(facts.running.map { ($0.task, $0.droid) })
    return [[title("Open executions")]] + facts.running.map { lines(of: $0, widths) }
  }

  /// As many groups as fit, and a line that counts the rest.
  private func fitting(_ groups: [[TextLine]], in room: Int) -> [TextLine] {
    let needed = groups.reduce(0) { $0 + $1.count }
    guard needed > room || facts.openCount > facts.running.count else { return Array(groups.joined()) }
    var lines: [TextLine] = []
    var shown = 0
    while shown < groups.count, lines.count + groups[shown].count < room {
      lines += groups[shown]
      shown += 1
    }
    // The first group is the title.
    return lines + [note("and \(countText(facts.openCount - max(0, shown - 1))) more")]
  }

  private func lines(of running: LiveFacts.Running, _ widths: (task: Int, droid: Int)) -> [TextLine] {
    let state = state(of: running)
    var line = names(running.task, running.droid, widths)
    let bar = barColumns
    let progress = running.report?.progress.flatMap { $0.isFinite ? min(1, max(0, $0)) : nil }
    if bar > 0 {
      let begin = line.width
      line.add(style.bar(progress ?? 0, columns: bar), .accent)
      line.add(String(repeating: style.unicode ? "·" : ".", count: max(0, bar - (line.width - begin))), .quiet)
    }
    line.add(trailing(progress.map { "\(Int(($0 * 100).rounded())) %" } ?? style.nothing, 6))
    line.add(trailing(state.age.map(durationText) ?? "?", 9))
    line.add("  ")
    line.add(state.told, state.tone)
    guard let report = running.report else { return [line] }
    var message = TextLine(style, indent: 4)
    if let text = report.message { message.add(style.shown(text, limit: 300), .plain) }
    message.add("\(report.message == nil ? "" : "  ")\(agoText(now.seconds(since: report.time))) ago", .quiet)
    return [line, message]
  }

  private var barColumns: Int { style.width >= 72 ? Self.barColumns : style.width >= 56 ? 6 : 0 }

  private struct State {
    let age: Double?
    let told: String
    let tone: Tone
    let isLate: Bool
  }

  /// How an execution stands against its limit and against what is usual.
  private func state(of running: LiveFacts.Running) -> State {
    guard let started = running.started else { return State(age: nil, told: "", tone: .quiet, isLate: false) }
    let age = max(0, now.seconds(since: started))
    if age > running.limit {
      let told = "\(style.sign(of: .critical)) past its limit of \(durationText(running.limit))"
      return State(age: age, told: told, tone: .bad, isLate: true)
    }
    guard let usual = running.usual else { return State(age: age, told: "no history", tone: .quiet, isLate: false) }
    let left = usual.seconds - age
    if left < 0 {
      let told = "\(style.sign(of: .warning)) overdue by \(durationText(-left)), usually \(durationText(usual.seconds))"
      return State(age: age, told: told, tone: .warning, isLate: true)
    }
    let end = Timestamp(microseconds: started.microseconds + Int64(min(usual.seconds, 1e9) * 1_000_000))
    return State(age: age, told: "ends \(clock(end)), in \(coarse(left))", tone: .plain, isLate: false)
  }

  private func clock(_ time: Timestamp) -> String { String(time.description.dropFirst(11).prefix(5)) }

  /// Seconds without fractions: an expectation is no measurement.
  private func coarse(_ seconds: Double) -> String {
    seconds < 60 ? "\(Int(seconds.rounded(.up)))s" : durationText(seconds)
  }

  // MARK: What ended

  private func endingLines(_ count: Int) -> [TextLine] {
    let endings = facts.endings.prefix(count)
    let widths = nameWidths(endings.map { ($0.task, $0.droid) })
    return endings.map { ending in
      var line = TextLine(style, indent: 2)
      line.add(trailing("\(agoText(now.seconds(since: ending.time))) ago", 8), .quiet)
      line.add("  ")
      let look = look(of: ending.outcome)
      line.add("\(style.sign(of: look.verdict)) \(look.word)", look.verdict.tone)
      line.pad(to: 24)
      line.add(names(ending.task, ending.droid, widths))
      line.add(trailing(ending.duration.map(durationText) ?? "?", 8))
      if let error = ending.error { line.add("  \(error)", .quiet) }
      return line
    }
  }

  private func look(of outcome: TrackedExecution.Outcome) -> (word: String, verdict: Verdict) {
    switch outcome {
    case .open: ("open", .none)
    case .completed: ("completed", .good)
    case .failed: ("failed", .critical)
    case .timeout: ("timed out", .warning)
    case .abandoned: ("abandoned", .warning)
    }
  }

  // MARK: Columns

  private func nameWidths(_ names: [(task: String?, droid: String)]) -> (task: Int, droid: Int) {
    let most = max(8, style.width / 5)
    let task = names.map { style.shown($0.task ?? "?").displayWidth }.max() ?? 0
    let droid = names.map { style.shown($0.droid).displayWidth }.max() ?? 0
    return (min(most, task), min(most, droid))
  }

  private func names(_ task: String?, _ droid: String, _ widths: (task: Int, droid: Int)) -> TextLine {
    var line = TextLine(style, indent: 2)
    line.add(style.fitted(style.shown(task ?? "?"), in: widths.task))
    line.pad(to: 2 + widths.task + 2)
    line.add(style.fitted(style.shown(droid), in: widths.droid))
    line.pad(to: 2 + widths.task + 2 + widths.droid + 2)
    return line
  }

  private func trailing(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - text.displayWidth)) + text
  }
}
