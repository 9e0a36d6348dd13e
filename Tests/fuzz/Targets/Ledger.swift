@testable import TrackCore

/// A record is damaged, or what is written of it reads as the same record.
func fuzzLedger(_ bytes: [UInt8]) {
  guard var record = LedgerCoding.decode(bytes, boot: boot) else { return }
  demand(record.tailOffset > LedgerCoding.headLength && record.tailOffset <= bytes.count, "facts outside the record")
  record.tailOffset = 0
  let written = LedgerCoding.bytes(record)
  demand(
    LedgerCoding.head(record.state, lastReport: record.lastReport).count == LedgerCoding.headLength,
    "a head of another width")
  var again = LedgerCoding.decode(written, boot: boot)
  again?.tailOffset = 0
  demand(again == record, "what was written of it reads otherwise:\n\(record)\n\(again.map { "\($0)" } ?? "damaged")")
  demand(again.map(LedgerCoding.bytes) == written, "written again it is another record")
  demandTimes(of: record)
}

/// Where the ledger belongs.
private let boot = "4e1c7a3b"

/// The times of a record can be reckoned with, whatever they are.
private func demandTimes(of record: LedgerRecord) {
  let now = Instant(wall: Timestamp(microseconds: 1_760_000_000_000_000), boot: boot, monotonic: 9_000, boottime: 9_000)
  for instant in [record.execution.started, record.lastReport].compactMap({ $0 }) {
    demand(now.elapsedSeconds(since: instant) >= 0 && instant.elapsedSeconds(since: now) >= 0, "time went back")
    demand(now.limitSeconds(since: instant) >= 0 && instant.limitSeconds(since: now) >= 0, "time went back")
  }
}
