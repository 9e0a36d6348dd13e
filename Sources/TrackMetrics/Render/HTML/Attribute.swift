import TrackCore

/// An attribute of an element.
///
/// The names are those of the factories below. Values that select behaviour (classes, roles, targets, paths) are
/// written in this program; a text from a log can only become a description that is read out.
struct Attribute {
  let name: String
  let value: String

  private init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  private init(_ name: String, _ value: StaticString) { self.init(name, value.description) }

  /// The classes, of which the style sheet knows the looks.
  static func `class`(_ names: StaticString) -> Attribute { Attribute("class", names) }
  /// A place in the page that links lead to.
  static func id(_ anchor: Anchor) -> Attribute { Attribute("id", anchor.rawValue) }
  /// A link to a place in the page.
  static func href(_ anchor: Anchor) -> Attribute { Attribute("href", "#\(anchor.rawValue)") }
  /// The name of a `meta` element.
  static func name(_ name: StaticString) -> Attribute { Attribute("name", name) }
  /// What a `meta` element stands for in place of a header.
  static func httpEquivalent(_ header: StaticString) -> Attribute { Attribute("http-equiv", header) }
  /// What a `meta` element says.
  static func content(_ content: StaticString) -> Attribute { Attribute("content", content) }
  /// The document's encoding, which is always the same.
  static let utf8 = Attribute("charset", "utf-8")
  /// The language of our own words.
  static let english = Attribute("lang", "en")
  /// A part that can be reached with the keyboard, because it scrolls.
  static let focusable = Attribute("tabindex", "0")
  /// What the element is for, where its tag does not tell.
  static func role(_ role: StaticString) -> Attribute { Attribute("role", role) }
  /// What the element is called.
  static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
  /// Decoration, which is not read out.
  static let hidden = Attribute("aria-hidden", "true")
  /// A header of a column.
  static let columnScope = Attribute("scope", "col")
  /// A header of a row.
  static let rowScope = Attribute("scope", "row")
  /// The machine-readable form of a time.
  static func time(_ time: Timestamp) -> Attribute { Attribute("datetime", time.description) }
}

/// Places in the page.
enum Anchor: String {
  case issues, success, droids, durations, timeline, open, tasks, results, resources, recent, data, definitions
  case hatchFailed = "hatch-failed"
  case hatchTimeout = "hatch-timeout"
  case hatchAbandoned = "hatch-abandoned"
  case fade
}

// MARK: Drawing

/// A length of a drawing: in pixels, or in percent of the drawing's width, which the window decides.
///
/// Percentages let a chart take any width while its texts keep their size, without a script.
enum Length {
  case pixels(Double)
  case percent(Double)

  fileprivate var text: String {
    switch self {
    case .pixels(let value): coordinate(value)
    case .percent(let value): coordinate(value) + "%"
    }
  }
}

extension Attribute {
  static func x(_ length: Length) -> Attribute { Attribute("x", length.text) }
  static func y(_ pixels: Double) -> Attribute { Attribute("y", coordinate(pixels)) }
  static func x1(_ length: Length) -> Attribute { Attribute("x1", length.text) }
  static func x2(_ length: Length) -> Attribute { Attribute("x2", length.text) }
  static func y1(_ pixels: Double) -> Attribute { Attribute("y1", coordinate(pixels)) }
  static func y2(_ pixels: Double) -> Attribute { Attribute("y2", coordinate(pixels)) }
  static func cx(_ length: Length) -> Attribute { Attribute("cx", length.text) }
  static func cy(_ pixels: Double) -> Attribute { Attribute("cy", coordinate(pixels)) }
  static func r(_ pixels: Double) -> Attribute { Attribute("r", coordinate(pixels)) }
  static func width(_ length: Length) -> Attribute { Attribute("width", length.text) }
  static func height(_ pixels: Double) -> Attribute { Attribute("height", coordinate(pixels)) }
  /// The shape of a fixed mark.
  static func d(_ path: StaticString) -> Attribute { Attribute("d", path) }
  /// The corners of a line.
  static func points(_ points: [(x: Double, y: Double)]) -> Attribute {
    Attribute("points", points.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " "))
  }
  /// The units of the drawing within; stretched to whatever its width is.
  static func units(width: Double, height: Double) -> [Attribute] {
    [
      Attribute("viewBox", "0 0 \(coordinate(width)) \(coordinate(height))"),
      Attribute("preserveAspectRatio", "none" as StaticString),
    ]
  }
  /// A pattern that does not grow with what it fills.
  static let inUserSpace = Attribute("patternUnits", "userSpaceOnUse" as StaticString)
  /// How a pattern is turned.
  static func turned(_ transformation: StaticString) -> Attribute { Attribute("patternTransform", transformation) }
  /// Where a colour of a gradient stands.
  static func offset(_ part: StaticString) -> Attribute { Attribute("offset", part) }
}

/// A number as SVG takes it, to the hundredth; what is no number is drawn at 0.
func coordinate(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e9 else { return "0" }
  let hundredths = Int((value * 100).rounded())
  let sign = hundredths < 0 ? "-" : ""
  let (whole, part) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
  if part == 0 { return "\(sign)\(whole)" }
  return part % 10 == 0 ? "\(sign)\(whole).\(part / 10)" : "\(sign)\(whole).\(decimal(part, digits: 2))"
}
