/// The elements that a report is made of; there is none that runs, loads or sends anything.
enum Tag: String {
  case html, head, meta, title, style, body
  case header, nav, main, section, footer, h1, h2, h3, p, div, span, bdi, a, ul, li, dl, dt, dd
  case time, code, strong, small, figure, figcaption, details, summary
  case table, caption, thead, tbody, tr, th, td
  case svg, g, rect, line, polyline, path, circle, text, desc, defs, pattern, linearGradient, stop

  /// Whether it holds nothing and has no end tag.
  var isVoid: Bool { self == .meta }

  /// Whether a line feed after it is invisible; lines of bearable length are for people who read the source.
  var endsLine: Bool {
    switch self {
    case .head, .meta, .title, .style, .header, .nav, .section, .p, .li, .tr, .thead, .figure, .details, .svg: true
    default: false
    }
  }
}
