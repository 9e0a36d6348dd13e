import TrackCore
import TrackMetrics

/// The last report as a bar on the terminal of standard error, drawn again in its line.
///
/// It needs nothing of the terminal but the beginning of the line and erasing to its end (ECMA-48: CR, EL), and changes
/// none of its settings, so that nothing is to be put back.
struct ProgressBar {
  private let label: String
  private let style: TextStyle
  private var part: Double?
  private var report: SelfReport?
  /// Whether there is news since the last drawing.
  private var isStale = false
  private var nextDrawing = Duration.zero
  private var isShown = false

  /// The time between two drawings.
  private static let interval = Duration.milliseconds(100)
  private static let erased = "\r\u{1B}[K"

  /// A bar for the work named `label`; nil where it cannot be drawn.
  init?(label: String) {
    let look = TerminalLook(ThisProcess.environment())
    guard look.isSmart, Terminal.errorColumns != nil else { return nil }
    self.label = label
    style = TextStyle(colour: look.hasColour, unicode: look.hasUnicode)
  }

  /// When it is to be drawn; nil while nothing is new.
  var deadline: Duration? { isStale ? nextDrawing : nil }

  /// Takes in a report, which is as it was read: what is shown of it is asked of `draw`.
  mutating func take(_ report: SelfReport) {
    part = report.progress ?? part
    self.report = report
    isStale = true
  }

  /// Draws it when there is news and the last drawing is some time ago.
  mutating func drawIfDue(now: Duration, clean: (SelfReport) -> SelfReport?) {
    guard isStale, now >= nextDrawing else { return }
    nextDrawing = now + Self.interval
    draw(clean: clean)
  }

  /// Draws it; `clean` makes of a report what may be seen of it.
  mutating func draw(clean: (SelfReport) -> SelfReport?) {
    guard let columns = Terminal.errorColumns, let report, let clean = clean(report) else { return }
    isStale = false
    isShown = true
    Terminal.show(Self.erased + line(of: clean, columns: columns))
  }

  /// Takes it away, to make room for a message.
  mutating func erase() {
    guard isShown else { return }
    Terminal.show(Self.erased)
    (isShown, isStale) = (false, true)
  }

  /// Leaves it as it is, with its last news, and goes to the next line.
  mutating func finish(clean: (SelfReport) -> SelfReport?) {
    if isStale { draw(clean: clean) }
    if isShown { Terminal.show("\n") }
    isShown = false
  }

  /// One column is left free: some terminals wrap when the last one is written to.
  private func line(of report: SelfReport, columns: Int) -> String {
    let name = style.fitted(style.shown(label), in: max(8, columns / 4))
    let width = max(4, min(40, columns / 3))
    let filled = style.bar(part ?? 0, columns: width)
    let rest = String(repeating: " ", count: max(0, width - filled.displayWidth))
    let percent = part.map { "\(Int($0 * 100))%" } ?? ""
    let head = "\(name) "
    let tail = String(repeating: " ", count: max(0, 5 - percent.utf8.count)) + percent
    let words = style.shown(report.error ?? report.message ?? "")
    let room = columns - 1 - head.displayWidth - width - 2 - tail.utf8.count - 2
    guard room >= 0 else { return style.fitted(head + percent, in: max(1, columns - 1)) }
    let shown = room < 2 || words.isEmpty ? "" : "  " + style.fitted(words, in: room)
    return head + frame(filled, rest, isBad: report.error != nil) + tail + shown
  }

  private func frame(_ filled: String, _ rest: String, isBad: Bool) -> String {
    // Green and red of the terminal's own (ECMA-48, Select Graphic Rendition).
    let coloured = style.colour ? "\u{1B}[\(isBad ? 31 : 32)m\(filled)\u{1B}[m" : filled
    return style.unicode ? "▕\(coloured)\(rest)▏" : "[\(coloured)\(rest)]"
  }
}
