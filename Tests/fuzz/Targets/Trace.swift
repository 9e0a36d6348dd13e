@testable import TrackCore

/// What an environment tells of a trace is malformed, or is written in one form, in bounds, and reads back as itself.
func fuzzTrace(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
  switch choice % 3 {
  case 0: readTraceParent(text)
  case 1: readTraceState(text)
  default: readBaggage(text)
  }
}

private func readTraceParent(_ text: String) {
  guard let parent = TraceParent(text) else { return }
  demand(text.utf8.count >= 55, "too short: \(text)")
  demand(parent.description.utf8.count == 55, "written as \(parent)")
  demand(TraceParent(parent.description) == parent, "written as \(parent), which reads otherwise")
  demand(text.hasPrefix("00-") ? text.utf8.count == 55 : true, "longer than its version: \(text)")
}

private func readTraceState(_ text: String) {
  guard let state = TraceState(text) else { return }
  demand((3...512).contains(state.description.utf8.count), "\(state.description.utf8.count) bytes")
  // A quotation mark is a character of a value (W3C Trace Context, 3.3.1.3.2); in baggage it is none.
  demandPrintable(state.description)
  demand(TraceState(state.description)?.description == state.description, "\(state) reads otherwise")
}

private func readBaggage(_ text: String) {
  guard let baggage = Baggage(text) else { return }
  demand((2...8192).contains(baggage.description.utf8.count), "\(baggage.description.utf8.count) bytes")
  demandHarmless(baggage.description)
  demand(Baggage(baggage.description) == baggage, "\(baggage) reads otherwise")
  var clean: Baggage? = baggage
  for _ in 0..<4 {
    guard let before = clean else { return }
    clean = sanitizer.baggage(before)
    if let clean {
      demand(Baggage(clean.description) == clean, "what is left of it reads otherwise: \(clean)")
      demandHarmless(clean.description)
    }
    if clean == before { return }
  }
  demand(false, "redaction does not settle: \(baggage)")
}

private let sanitizer = Sanitizer(redactor: made(patterns: []))

/// It can stand in a variable and in a line.
private func demandPrintable(_ text: String) {
  demand(text.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "harmful: \(text)")
}

/// It needs no escape in JSON either.
private func demandHarmless(_ text: String) {
  demandPrintable(text)
  demand(!text.utf8.contains(UInt8(ascii: "\"")), "a quotation mark: \(text)")
}
