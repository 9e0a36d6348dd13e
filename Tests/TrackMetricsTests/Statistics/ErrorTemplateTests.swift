import Testing
import TrackMetrics

@Suite struct ErrorTemplateTests {
  @Test(
    "what differs from case to case is replaced, what names the trouble stays",
    arguments: [
      ("exit status 1", "exit status <n>"),
      ("No such file: /srv/app/build-17/out.txt", "No such file: <path>"),
      ("src/app/main.py:12:5: error: expected ';'", "<path>:<n>:<n>: error: expected <text>"),
      ("cannot open ~/notes.md", "cannot open <path>"),
      ("read and/or write failed, 3/10 done", "read and/or write failed, <n>/<n> done"),
      ("session 0190f3a2-7c1e-7abc-8def-0123456789ab expired", "session <id> expired"),
      ("exec-1759940510-test-1 not found at 0x7ffe12", "<id> not found at <id>"),
      ("merge of 3f9c2ab failed", "merge of <id> failed"),
      ("timed out after 30s", "timed out after <duration>"),
      ("timed out after 1m30s, tried for 2.5 minutes.", "timed out after <duration>, tried for <duration>."),
      ("at 2025-10-08T16:21:54.536702+00:00: refused", "at <time>: refused"),
      ("HTTP 503 from https://example.com/v1/items?id=7", "HTTP <n> from <path>?id=<n>"),
      ("TypeError: can't find 'name' of utf8 in E1101", "TypeError: can't find <text> of utf8 in E1101"),
      ("used 12.5% of 8 GB\nsecond line", "used <n>% of <n> GB"),
      ("Traceback (most recent call last):\n  File \"a.py\", line 3\nKeyError: 'x'", "KeyError: <text>"),
      ("Größe 12 überschritten", "Größe <n> überschritten"), ("", ""), ("\n\n", ""),
      ("don't stop 'quoted", "don't stop 'quoted"),
    ])
  func templates(error: String, template: String) {
    #expect(ErrorTemplate.of(error) == template)
  }

  @Test("a template is bounded whatever the error", arguments: UInt64(1)...40)
  func bounded(seed: UInt64) {
    var random = SplitMix(state: seed)
    let parts = ["12", "/a/b", "'q'", "ab12cd9", " ", "x", "-", ":", "é", "3s", "\"", "\u{1b}", "_", "."]
    let text = (0..<Int.random(in: 0...120, using: &random))
      .map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    let template = ErrorTemplate.of(text)
    #expect(template.utf8.count <= ErrorTemplate.maximumLength + 16)
    #expect(ErrorTemplate.of(String(repeating: text + " z", count: 50)).utf8.count <= ErrorTemplate.maximumLength + 16)
  }

  @Test("beyond the limit of a table everything counts as other")
  func other() {
    var names = NameTable()
    for number in 0..<10 { _ = names.intern("e\(number)", limit: 3) }
    #expect(names.indices.compactMap { names[$0] } == ["e0", "e1", "e2", "other"])
    #expect(names.intern("e1", limit: 3) == names.index(of: "e1"))
  }
}
