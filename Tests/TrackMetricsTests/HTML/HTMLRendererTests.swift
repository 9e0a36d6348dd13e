import Testing
import TrackCore
import TrackMetrics

/// The page as bytes; how it looks is held to by the tests in a browser.
struct HTMLRendererTests {
  private func page(_ report: Report) -> String { String(decoding: HTMLRenderer.render(report), as: UTF8.self) }

  @Test func `an empty journal is told as nothing`() {
    let page = page(report([]))
    #expect(page.contains("Nothing is recorded yet"))
    #expect(!page.contains("Success rate"))
  }

  @Test func `a hostile name gets nowhere as markup`() {
    let name = "\"><svg onload='x'>&"
    let page = page(
      report([
        started(name, task: name, droid: name, at: ago(60)), ended(name, "failed", at: ago(30)),
        started("open", task: name, droid: name, at: ago(20)),
      ]))
    #expect(!page.contains(name))
    #expect(!page.contains("<svg onload"))
    #expect(page.contains("&quot;&gt;&lt;svg onload=&#39;x&#39;&gt;&amp;"))
  }

  @Test func `the page of very many droids and tasks is bounded, and counts what it leaves out`() {
    var lines: [String] = []
    for number in 0..<3_000 {
      let (id, time) = ("e\(number)", Double(9_000 - number))
      lines.append(started(id, task: "\(number)", droid: "droid-\(number)", at: ago(time)))
      if number % 3 > 0 { lines.append(ended(id, "failed", at: ago(time - 3_001))) }
    }
    let page = page(report(lines))
    #expect(page.utf8.count < 1_000_000)
    #expect(page.contains("and 2900 more droids"))
    #expect(page.contains("and 2900 more tasks"))
    #expect(page.contains("and 950 more open executions"))
  }

  @Test func `nothing can be loaded, run or sent`() {
    let page = page(report([started("e", at: ago(60)), ended("e", at: ago(30))]))
    #expect(page.contains("default-src &#39;none&#39;"))
    for word in ["<script", "<link", "<img", "src=", "http://", "https://", "@import", "url(h"] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func `projects stand side by side, and their names stay text`() {
    let good = report((0..<4).flatMap { [started("e\($0)", at: ago(60)), ended("e\($0)", at: ago(30))] })
    let bad = report((0..<4).flatMap { [started("e\($0)", at: ago(60)), ended("e\($0)", "failed", at: ago(30))] })
    let comparison = Comparison([
      Comparison.Project(label: "shop", report: good), Comparison.Project(label: "<b>api</b>", report: bad),
    ])
    let page = String(decoding: HTMLRenderer.render(comparison), as: UTF8.self)
    #expect(page.contains("<h1>2 projects</h1>"))
    #expect(page.contains("&lt;b&gt;api&lt;/b&gt;") && !page.contains("<b>"))
    #expect(page.contains("+50.0") && page.contains("−50.0"))
    #expect(page.contains("Median of the projects"))
  }
}
