@testable import TrackCore

/// A spooled request is damaged, or what is written of it reads as the same request.
func fuzzRequest(_ bytes: [UInt8]) {
  guard let entry = RequestCoding.decode(bytes) else { return }
  let written = RequestCoding.bytes(entry)
  demand(written.last == UInt8(ascii: "\n"), "no line")
  demand(written.dropLast().allSatisfy { $0 >= 0x20 }, "a raw control character was written")
  let again = RequestCoding.decode(written)
  demand(again == entry, "what was written of it reads otherwise:\n\(entry)\n\(again.map { "\($0)" } ?? "damaged")")
  demand(again.map(RequestCoding.bytes) == written, "written again it is another request")
}
