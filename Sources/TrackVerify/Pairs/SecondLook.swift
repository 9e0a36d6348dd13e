import TrackCore

/// Looks once more for the counterparts of lines that seem to have none.
///
/// A line may stand twice (rotation, shipping), and the second one waits for a counterpart that was matched long before.
struct SecondLook {
  let files: [JournalFile]
  let threads: Int

  /// Settles what has a counterpart after all; reads the files again only when something waits.
  /// - Throws: what keeps a file from being read: without it what waits cannot be judged.
  func settle(_ pairing: inout LinePairing) throws(SystemError) {
    let results = pairing.results.waiting
    let reports = pairing.reports.waiting
    guard !results.isEmpty || !reports.isEmpty else { return }
    var settled: [(event: UInt64, isResult: Bool)] = []
    var failure: SystemError?
    LineWalk(files: files, threads: threads).run { buffer, file in
      failure = failure ?? buffer.failure
      for line in buffer.facts {
        switch (line.kind, files[file].stream) {
        case (.completed, .events?), (.result, .results?):
          if let waiting = results[line.event], waiting.isInEvents != (files[file].stream == .events) {
            settled.append((line.event, true))
          }
        case (.selfReport, .events?), (.selfReport, .droidStatus?):
          if let waiting = reports[line.event], waiting.isInEvents != (files[file].stream == .events) {
            settled.append((line.event, false))
          }
        default: break
        }
      }
    }
    if let failure { throw failure }
    for (event, isResult) in settled { pairing.settle(event, isResult: isResult) }
  }
}
