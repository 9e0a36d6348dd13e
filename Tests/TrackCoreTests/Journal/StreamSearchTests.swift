import Testing

@testable import TrackCore

@Suite("Looking for a sequence of bytes") struct StreamSearchTests {
  @Test("it is found wherever it stands in the range, and nowhere else", arguments: 0..<200)
  func anywhere(round: Int) {
    // Few different bytes, so that much is found and much nearly so.
    let letters: ClosedRange<UInt8> = 0...UInt8.random(in: 0...3)
    let bytes = (0..<Int.random(in: 0...40)).map { _ in UInt8.random(in: letters) }
    let low = Int.random(in: 0...bytes.count)
    let range = low..<Int.random(in: low...bytes.count)
    let wanted = (0..<Int.random(in: 0...5)).map { _ in UInt8.random(in: letters) }
    let isThere = (low...range.upperBound).contains { bytes[$0..<range.upperBound].starts(with: wanted) }
    #expect(bytes.contains(wanted, in: range) == isThere, "\(wanted) in \(bytes), \(range)")
  }

  @Test("a sequence that is longer than a step can be")
  func long() {
    let wanted = (0..<700).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let bytes = [UInt8](repeating: 3, count: 1_000) + wanted + [3]
    #expect(bytes.contains(wanted, in: bytes.indices))
    #expect(!bytes.contains(wanted, in: 0..<bytes.count - 2))
    #expect(!bytes.contains(wanted, in: 1_001..<bytes.count))
  }
}
