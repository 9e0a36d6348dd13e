import Testing

@testable import TrackMetrics

/// What a page of a report can hold, and what cannot get into it.
struct MarkupTests {
  private func written(_ write: (inout Markup) -> Void) -> String {
    var page = Markup()
    write(&page)
    return String(decoding: page.bytes, as: UTF8.self).replacing("<!DOCTYPE html>\n", with: "")
  }

  @Test(arguments: [
    ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"), ("\"x\" 'y'", "&quot;x&quot; &#39;y&#39;"),
    ("]]>", "]]&gt;"), ("&lt;", "&amp;lt;"), ("", ""), ("é 日本 🙂", "é 日本 🙂"),
  ])
  func `text stays text`(text: String, bytes: String) {
    #expect(written { $0.text(text) } == bytes)
    #expect(written { $0.element(.p, text: text) } == "<p>\(bytes)</p>\n")
    #expect(written { $0.element(.span, .label(text)) } == "<span aria-label=\"\(bytes)\"></span>")
  }

  @Test(arguments: ["\u{0}", "\u{1B}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{FFFE}", "\u{1FFFF}"])
  func `what acts unseen is shown`(text: String) throws {
    let scalar = try #require(text.unicodeScalars.first)
    #expect(written { $0.text(text) } == "\\u{\(String(scalar.value, radix: 16))}")
  }

  @Test func `an element is closed by the call that opens it`() {
    let text = written { page in
      page.element(.section, .id(.droids)) { section in
        section.element(.meta, .utf8)
        section.element(.g) { $0.element(.rect, .x(.percent(12.345)), .y(-0.5), .height(3)) }
      }
    }
    #expect(
      text == """
        <section id="droids"><meta charset="utf-8"/>
        <g><rect x="12.35%" y="-0.5" height="3"></rect></g></section>

        """)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (1.05, "1.05"), (99.999, "100"), (.nan, "0"), (.infinity, "0"),
    (1e300, "0"),
  ])
  func `a number is one that SVG takes`(value: Double, text: String) {
    #expect(coordinate(value) == text)
  }
}
