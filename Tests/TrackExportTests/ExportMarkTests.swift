import FoundationEssentials
import Testing

@testable import TrackCore
@testable import TrackExport

@Suite("Marks of exports") struct ExportMarkTests {
  private let directory: String

  init() throws {
    directory = "\(FileManager.default.temporaryDirectory.path)/mark-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  private func write(_ bytes: [UInt8]) throws -> String {
    let path = "\(directory)/\(UInt64.random(in: .min ... .max))"
    try #require(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    return path
  }

  private func mark() -> ExportMark {
    var mark = ExportMark()
    for line in [
      Line.started("a", at: 0), Line.completed("a", at: 1), Line.started("b", at: 2, ["description": "x\n\u{1B}é"]),
      Line.started("c", at: 2), Line.abandoned("c", at: 3), Line.reported("d", at: 3),
    ] { _ = mark.fold.take(line) }
    for number in 0..<200 { _ = mark.fold.take(Line.reported("b", at: number, event: number)) }
    _ = mark.fold.finish()
    mark.places = [LogPlace(offset: 4_097, head: .max, block: 0)]
    return mark
  }

  @Test("a mark read back goes on where it stopped")
  func roundTrip() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var again = try ExportMark(path: try write(mark().bytes))
    #expect(again.places == mark().places)
    // What has no start is not carried on.
    #expect(again.fold.held.keys.sorted() == ["b", "c"])
    #expect(again.fold.openCount == 1)
    #expect(again.fold.take(Line.completed("a", at: 9)).isEmpty)
    #expect(again.fold.take(Line.completed("c", at: 9)).first?.replacesAbandonment == true)
    let b = try #require(again.fold.take(Line.completed("b", at: 900)).first)
    #expect(b.start?.details.text("description") == "x\n\u{1B}é")
    #expect((b.reports.count, b.dropped) == (128, 72))
    #expect(again.fold.finish().isEmpty)
  }

  @Test("no mark begins with nothing read; a mark that is cut off anywhere is no mark")
  func damaged() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    #expect(try ExportMark(path: "\(directory)/none").places.isEmpty)
    let bytes = mark().bytes
    for length in stride(from: 0, to: bytes.count - 1, by: 97) {
      let path = try write(Array(bytes[..<length]))
      #expect(throws: ExportMark.Unusable.self) { try ExportMark(path: path) }
    }
  }

  @Test("a file is known by what it holds, under any name, and another one is not taken for it")
  func places() throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let lines = Array(String(repeating: "{\"a\": 1}\n", count: 2_000).utf8)
    let place = try LogPlace(LogFile(path: try write(lines)), offset: 9_000)
    #expect(place.isIn(try LogFile(path: try write(lines + lines))))
    var changed = lines
    changed[8_995] ^= 1
    #expect(!place.isIn(try LogFile(path: try write(changed))))
    changed = lines
    changed[0] ^= 1
    #expect(!place.isIn(try LogFile(path: try write(changed))))
    #expect(!place.isIn(try LogFile(path: try write(Array(lines[..<8_999])))))
    #expect(!place.isIn(try LogFile(path: try write([]))))
  }
}
