import TrackCore

/// Checks the lines of files by as many threads as there are processors, and hands them over in the order of the plan.
///
/// What comes out does not depend on the threads: stretches are taken in one after the other, by whoever checked them.
struct LineWalk {
  let files: [JournalFile]
  var threads = Threads.processors
  /// How many bytes are checked as a piece.
  var length = 1 << 20

  /// Hands over each stretch's lines, with the place of its file.
  func run(_ take: @escaping (LineBuffer, Int) -> Void) {
    let plan = Monitor(StretchPlan(files, length: length))
    let turn = Monitor(0)
    let length = length
    nonisolated(unsafe) let take = take
    Threads.run(threads) {
      let buffer = LineBuffer(length: length)
      while let (ticket, stretch) = plan.with({ $0.take() }) {
        buffer.check(stretch)
        // In the order of the plan, one at a time: the others' turns come when this one is done.
        turn.when({ $0 == ticket }) { current in
          unsafe take(buffer, stretch.place)
          current += 1
        }
      }
    }
  }
}
