package import TrackCore

/// Makes text for a terminal of stories.
///
/// Only printable text leaves here: whatever the logs hold, nothing in it acts on the terminal (`TextLine`).
package enum StoryText {
  /// The stories as lines of at most `style.width` columns, an empty line between two.
  package static func render(_ stories: [Story], style: TextStyle = TextStyle(), now: Timestamp) -> String {
    var page = TextPage(style)
    for (index, story) in stories.enumerated() {
      if index > 0 { page.space() }
      page.story(story, now)
    }
    return page.encoded
  }
}

extension TextPage {
  fileprivate mutating func story(_ story: Story, _ now: Timestamp) {
    line((story.id, .heading), indent: 0)
    facts(of: story)
    let (outcome, tone) = outcome(of: story, now)
    paragraph(outcome, tone)
    if let abandonment = story.replacedAbandonment, let time = abandonment.timestamp {
      let reason = abandonment.fields.text(WireKey.reason).map { ", \($0)" } ?? ""
      paragraph("given up before, at \(timeText(time))\(reason)")
    }
    space()
    entries(of: story)
    if !story.relatives.isEmpty { space() }
    for relative in story.relatives { paragraph(StoryWords.text(of: relative)) }
  }

  private mutating func facts(of story: Story) {
    let who = [story.task.map { "task \($0)" }, story.droid.map { "by \($0)" }, story.run.map { "run \($0)" }]
    paragraph(who.compactMap(\.self).joined(separator: ", "))
    let details = story.start?.details
    if let time = story.start?.timestamp {
      let limit = details?.number(WireKey.timeoutSeconds).map { ", limit \(durationText($0))" } ?? ""
      paragraph("started \(timeText(time))\(limit)")
    } else {
      paragraph("its start is not in these logs")
    }
    let attempt = details?.integer(WireKey.attempt, as: Int.self).map { "attempt \($0)" }
    let previous = details?.text(WireKey.retryOf).map { "after \($0)" }
    let history = [attempt, previous].compactMap(\.self).joined(separator: " ")
    if !history.isEmpty { paragraph(history) }
    if let parent = details?.text(WireKey.parentExecutionID) { paragraph("started in \(parent)") }
  }

  private func outcome(of story: Story, _ now: Timestamp) -> (text: String, tone: Tone) {
    guard let ending = story.ending else {
      let age = story.start?.timestamp.map { " for \(durationText(max(0, now.seconds(since: $0))))" } ?? ""
      return ("open\(age)", .accent)
    }
    let after = story.duration.map { " after \(durationText($0))" } ?? ""
    return ("\(StoryWords.name(of: ending))\(after)", StoryWords.tone(of: ending))
  }

  /// A line an event: the time of day, the distance from the start, what it is, what it says; days by themselves.
  private mutating func entries(of story: Story) {
    let start = story.start?.timestamp ?? story.entries.first?.record.timestamp
    let rows = story.entries.map { Row($0.record, since: start) }
    let offsetColumn = 12 + (rows.map(\.offset.count).max() ?? 0)
    let textColumn = offsetColumn + 2 + min(24, (rows.map { style.shown($0.name).displayWidth }.max() ?? 0)) + 2
    for (index, row) in rows.enumerated() {
      if index > 0, row.day != rows[index - 1].day { line((row.day, .quiet)) }
      let texts = style.wrapped(row.text, in: max(24, style.width - textColumn))
      for number in 0..<max(1, texts.count) {
        var line = TextLine(style, indent: 2)
        if number == 0 {
          line.add(row.time, .quiet)
          line.pad(to: offsetColumn - row.offset.count)
          line.add(row.offset)
          line.pad(to: offsetColumn + 2)
          line.add(style.fitted(style.shown(row.name), in: 24), row.tone)
        }
        line.pad(to: textColumn)
        if number < texts.count { line.add(texts[number]) }
        add(line)
      }
    }
  }
}

/// An event as a line of the story shows it.
private struct Row {
  let day: String
  let time: String
  let offset: String
  let name: String
  let text: String
  let tone: Tone

  init(_ record: EventRecord, since start: Timestamp?) {
    name = StoryWords.name(of: record)
    text = StoryWords.text(of: record)
    tone = StoryWords.tone(of: record)
    guard let timestamp = record.timestamp else {
      (day, time, offset) = ("", "--:--:--", "")
      return
    }
    let moment = timeText(timestamp)
    day = String(moment.prefix(10))
    time = String(moment.dropFirst(11).prefix(8))
    offset = start.flatMap { timestamp > $0 ? "+\(durationText(timestamp.seconds(since: $0)))" : nil } ?? ""
  }
}
