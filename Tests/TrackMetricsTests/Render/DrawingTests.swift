import Testing
import TrackMetrics

@Suite struct DrawingTests {
  private let plain = TextStyle(unicode: false)
  private let style = TextStyle()

  @Test("a bar is filled to an eighth of a column, and something is never nothing")
  func bars() {
    #expect(style.bar(0, columns: 10) == "")
    #expect(style.bar(1, columns: 4) == "████")
    #expect(style.bar(0.5, columns: 4) == "██")
    #expect(style.bar(0.53125, columns: 4) == "██▏")
    #expect(style.bar(0.0001, columns: 10) == "▏")
    #expect(style.bar(7, columns: 3) == "███")
    #expect(plain.bar(0.5, columns: 4) == "##")
    #expect(plain.bar(0.0001, columns: 10) == "#")
  }

  @Test("a sparkline has a column per value, and tells none from little and from unknown")
  func sparklines() {
    #expect(style.sparkline([0, 1, 50, 100]) == "▁▂▅█")
    #expect(style.sparkline([0, 0]) == "▁▁")
    #expect(style.sparkline([]) == "")
    #expect(style.sparkline([nil, 0.5, 1], top: 1) == "·▅█")
    #expect(plain.sparkline([0, 1, 50, 100]) == "_.=#")
    #expect(plain.sparkline([nil, 1], top: 1) == " #")
  }

  @Test("lines are broken at spaces, and a long word where it must be")
  func wrapping() {
    #expect(style.wrapped("one two three", in: 8) == ["one two", "three"])
    #expect(style.wrapped("rate 66.7 % of", in: 9) == ["rate 66.7 %", "of"])
    #expect(style.wrapped("abcdefghijkl", in: 8) == ["abcdefgh", "ijkl"])
    #expect(style.wrapped("日本語日本語", in: 8) == ["日本語日", "本語"])
    #expect(style.wrapped("", in: 8) == [])
    #expect(style.wrapped("one two three four", in: 10, hanging: 2) == ["one two", "three", "four"])
  }

  @Test("what acts on a terminal, hides or cannot be shown is told as what it is")
  func shown() {
    #expect(style.shown("a\u{1B}[2J\u{7}\n\tb") == "a\\u{1b}[2J\\u{7}\\u{a}\\u{9}b")
    #expect(style.shown("\u{9B}31m \u{202E}x\u{2066}") == "\\u{9b}31m \\u{202e}x\\u{2066}")
    #expect(style.shown("zero\u{200B}width\u{FEFF}\u{E0041}") == "zero\\u{200b}width\\u{feff}\\u{e0041}")
    #expect(style.shown("Grüße 翻訳者 👩‍👩‍👧") == "Grüße 翻訳者 👩‍👩‍👧")
    #expect(plain.shown("Grüße") == "Gr\\u{fc}\\u{df}e")
    #expect(style.shown("abcdef", limit: 3) == "abc…")
    #expect(plain.shown("abcdef", limit: 3) == "abc...")
  }
}
