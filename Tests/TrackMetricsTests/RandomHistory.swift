import TrackCore

/// A history of executions of every kind, orderly ones and such as only damage or other writers make; the lines in no order.
func history(_ random: inout SplitMix) -> [String] {
  (0..<30).flatMap { number -> [String] in
    let id = "e\(number)"
    let start = Double(Int.random(in: 1_000...20_000, using: &random))
    let droid = ["a", "b", "c"].randomElement(using: &random)
    var lines =
      Int.random(in: 0..<8, using: &random) == 0
      ? [] : [started(id, droid: droid, at: ago(start), limit: 900, kind: number % 7 == 3 ? .session : nil)]
    if Int.random(in: 0..<8, using: &random) == 0 { lines.append(started(id, droid: "d", at: ago(start - 0.25))) }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let time = ago(start - Double(Int.random(in: 1...999, using: &random)))
      let reason = ["timeout", "silent"].randomElement(using: &random) ?? ""
      let status = ["completed", "failed", "timeout"].randomElement(using: &random) ?? ""
      lines.append(
        Bool.random(using: &random)
          ? abandoned(id, reason: reason, at: time)
          : ended(id, status, at: time, duration: start / 7, error: status == "failed" ? "broken \(reason)" : nil))
    }
    lines += results(of: id, at: ago(start - 1), &random)
    lines.append(selfReport(id, at: ago(start - 3), droid: droid ?? "a", memory: start))
    lines.append(
      "{\"event_type\": \"droid.self_report\", \"timestamp\": \"\(ago(start - 2))\", \"execution_id\": \"\(id)\", "
        + "\"droid_id\": \"a\", \"details\": {\"event_type\": \"progress\", \"progress\": 0.\(number)}}")
    return lines
  }
}

private func results(of id: String, at time: Timestamp, _ random: inout SplitMix) -> [String] {
  (0..<Int.random(in: 0...2, using: &random)).flatMap { _ in
    let category = ["testing", "error"].randomElement(using: &random) ?? ""
    let problems = [[], ["coverage is not a number from 0 to 100"], ["the result is empty", "x"]]
    return [
      result(id, success: Bool.random(using: &random), at: time),
      validated(id, category, problems.randomElement(using: &random) ?? [], at: time),
    ]
  }
}
