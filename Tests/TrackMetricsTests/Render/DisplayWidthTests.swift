import Testing
import TrackMetrics

@Suite struct DisplayWidthTests {
  @Test(
    "text takes the columns that a terminal gives it",
    arguments: [
      ("", 0), ("builder", 7), ("Grüße", 5), ("e\u{301}tude", 5), ("翻訳者", 6), ("ｆｕｌｌ", 8), ("한국어", 6),
      ("\u{1100}\u{1161}\u{11A8}", 2), ("日本-A", 6), ("🙂", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤", 1), ("❤️", 2),
      ("a\u{200D}b", 2), ("│▁█", 3), ("สวัสดี", 4), ("x\u{300}\u{301}\u{302}\u{303}", 1), ("𠀋", 2),
    ])
  func width(text: String, columns: Int) {
    #expect(text.displayWidth == columns)
  }

  @Test("a cut text keeps its ends and never takes more columns than there are", arguments: 4...20)
  func fitted(columns: Int) {
    for text in ["database-migration", "翻訳者-日本語-翻訳者", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", "short"] {
      for style in [TextStyle(), TextStyle(unicode: false)] {
        let fitted = style.fitted(text, in: columns)
        #expect(fitted.displayWidth <= columns)
        #expect(text.displayWidth > columns || fitted == text)
      }
    }
    #expect(TextStyle().fitted("database-migration", in: 11) == "datab…ation")
    #expect(TextStyle(unicode: false).fitted("database-migration", in: 11) == "data...tion")
  }
}
