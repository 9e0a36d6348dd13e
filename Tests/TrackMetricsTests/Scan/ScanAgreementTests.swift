import Testing
import TrackCore
import TrackMetrics

/// The scanner says what the parser says, or leaves the line to it.
@Suite struct ScanAgreementTests {
  @Test("lines of ours are scanned, not parsed", arguments: samples)
  func ours(line: String) {
    #expect(ScanAgreement.of(Array(line.utf8)) == .same)
  }

  @Test(
    "lines that need the parser",
    arguments: [
      "", " ", "{", "{}", " { } ", "[1]", "{}x", "{\"event_type\": \"\\u0078\"}",
      "{\"status\": \"a\", \"status\": \"b\"}",
      "{\"details\": {\"progress\": 1, \"progress\": 2}}", "{\"st\\u0061tus\": \"a\"}", "{\"a\": 01}",
      "{\"a\": \"\u{1}\"}",
      String(repeating: "[", count: 65) + String(repeating: "]", count: 65), "{\"a\": 1}\0", "\u{FEFF}{\"a\": 1}",
    ])
  func declined(line: String) {
    #expect(ScanAgreement.of(Array(line.utf8)) == .declined)
  }

  @Test(
    "what is unusual and harmless is scanned",
    arguments: [
      "{\"a\":1}\r", "\t{ \"event_type\" :\t\"x\" , \"details\" : { } }", "{\"timestamp\": \"yesterday\"}",
      "{\"timestamp\": \"2025-10-08 16:21:54Z\"}", "{\"timestamp\": 7, \"droid\": \"d\", \"details\": []}",
      "{\"details\": {\"error\": \"\\\"x\\\" \\ud83d\\ude00 é\"}, \"event_type\": \"task.execution.completed\"}",
      "{\"droid_id\": \"Jürgen 漢字\", \"task_id\": null, \"details\": {\"task_id\": \"t\", \"progress\": 1e999}}",
      "{\"details\": {\"progress\": 0.1234567890123456789, \"cpu_percent\": -0, \"memory_mb\": 1E-7, \"late\": true}}",
      "{\"execution_id\": \"exec-4294967296-1-00000000\"}", "{\"execution_id\": \"exec-01-1-00000000\"}",
      "{\"execution_id\": \"exec-1--00000000\"}", "{\"execution_id\": \"exec-1-a-0000000A\"}",
      "{\"execution_id\": \"\"}",
      String(repeating: "[", count: 63).reduce(into: "{\"a\": ") { $0.append($1) } + String(repeating: "]", count: 63)
        + "}",
    ])
  func unusual(line: String) {
    #expect(ScanAgreement.of(Array(line.utf8)) == .same)
  }

  @Test("lines with random bytes put in, taken out and exchanged", arguments: UInt64(1)...60)
  func mutated(seed: UInt64) {
    var random = SplitMix(state: seed)
    let alphabet =
      Array("{}[]\":,\\ \t\r0123456789+-.eEtruefalsnu\u{0}\u{1F}\u{7F}é漢".utf8) + [0xC0, 0xED, 0xF5, 0x80, 0xFF]
    var accepted = 0
    for _ in 0..<300 {
      var line = Array((samples.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<line.count, using: &random)
        let byte = alphabet.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<4, using: &random) {
        case 0: line.insert(byte, at: place)
        case 1 where line.count > 1: line.remove(at: place)
        case 2:
          let other = Int.random(in: 0..<line.count, using: &random)
          line.replaceSubrange(place..<place, with: line[min(place, other)..<max(place, other)])
        default: line[place] = byte
        }
      }
      let outcome = ScanAgreement.of(line)
      if case .different(let scanned, let parsed) = outcome {
        Issue.record("\(String(decoding: line, as: UTF8.self))\n\(scanned)\n---\n\(parsed)")
      }
      if outcome == .same { accepted += 1 }
    }
    // Otherwise the comparison would say nothing.
    #expect(accepted > 20)
  }
}

private let samples = [
  "{\"timestamp\": \"2026-11-22T15:54:52.938419+00:00\", \"event_type\": \"task.execution.started\", \"run_id\": \"r-20261122-1554-4bbf\", \"task_id\": \"1.1\", \"droid_id\": \"builder\", \"execution_id\": \"exec-1795362892-1.1-d96c6c21\", \"status\": \"executing\", \"details\": {\"description\": \"Build the parser\", \"context\": {\"k\": \"v\", \"n\": [1, {\"x\": null}]}, \"timeout_seconds\": 900}, \"event_id\": \"01a203f7ac8a7d4c94161cfd89f762da\", \"host\": \"vm\", \"project\": \"shp\"}",
  "{\"timestamp\": \"2026-11-22T15:54:52.990974+00:00\", \"event_type\": \"droid.self_report\", \"run_id\": \"r-20261122-1554-4bbf\", \"task_id\": \"1.1\", \"droid_id\": \"builder\", \"execution_id\": \"exec-1795362892-1.1-d96c6c21\", \"status\": \"executing\", \"details\": {\"event_type\": \"progress\", \"progress\": 0.5, \"message\": \"half way\", \"cpu_percent\": 33.5, \"memory_mb\": 120.0, \"disk_io_mb\": 3e2}, \"event_id\": \"01a203f7acbe7db8927e5563769a32f3\", \"host\": \"vm\", \"project\": \"shp\"}",
  "{\"timestamp\": \"2026-11-22T15:54:53.061292+00:00\", \"event_type\": \"task.execution.completed\", \"run_id\": \"r-20261122-1554-994c\", \"task_id\": \"1.2\", \"droid_id\": \"builder\", \"execution_id\": \"exec-1795362893-1.2-323df875\", \"status\": \"failed\", \"result\": {\"files_created\": [\"a.py\"], \"tests_run\": 3}, \"details\": {\"duration_seconds\": 0.02321815, \"exit_code\": 1, \"error\": \"cannot open \\\"x\\\": no such file\", \"late\": true}, \"event_id\": \"01a203f7ad05789d9c83f390b691426c\", \"host\": \"vm\", \"project\": \"shp\"}",
  "{\"timestamp\": \"2025-10-08T16:21:54.536702+00:00\", \"event_type\": \"task.execution.abandoned\", \"run_id\": \"r\", \"task_id\": \"1.2\", \"droid_id\": \"builder\", \"execution_id\": \"x\", \"status\": \"abandoned\", \"reason\": \"silent\", \"details\": {\"duration_seconds\": 12, \"evidence\": {}}}",
  "{\"timestamp\": \"2026-11-22T15:54:53.013252+00:00\", \"event_type\": \"task.result.validated\", \"execution_id\": \"exec-1-1-00000000\", \"category\": \"file_operations\", \"validated_at\": \"2026-11-22T15:54:53.013252+00:00\", \"original_result\": {\"tests_run\": 3}, \"problems\": [\"a\", \"b\"], \"success\": false, \"event_id\": \"01a203f7acd574ef9a8df3526d1db962\"}",
]
