import TrackCore

/// Reads log directories into a fold.
///
/// Nothing stops it: what cannot be read is named in the fold, and the rest is read. Stretches of the files are scanned
/// by as many threads as there are processors, and folded strictly one after the other in the order of the plan, so
/// that the outcome does not depend on the threads.
package struct MetricsReader {
  /// What lines are taken in.
  package var selection = Selection.everything
  /// How many threads read.
  package var threads = Threads.processors
  /// The state directory that holds a fold of what was read before, and gets one for the next run; nil reads everything.
  package var checkpoint: String?
  /// How many bytes must be new before the checkpoint is written anew.
  package var leastNews: Int64 = 1 << 20
  /// How many bytes are scanned as a piece.
  package var chunk = 256 * 1024
  /// How many events are remembered at least to tell repeats.
  package var window = RepeatWindow.generationLimit

  /// Makes a reader of everything.
  package init() {}

  /// The fold of every log file in `directories`; a directory that is not there is passed over.
  package static func fold(_ directories: [LogSource], selection: Selection = .everything) -> Fold {
    var reader = MetricsReader()
    reader.selection = selection
    return reader.fold(directories)
  }

  /// The fold of every log file in `directories`; a directory that is not there is passed over.
  package func fold(_ directories: [LogSource]) -> Fold {
    var report = Fold()
    let files = LogFiles(directories, &report)
    let known = usableCheckpoint(for: files.found)
    var fold = known?.checkpoint.fold ?? Fold(selection: selection, window: window)
    fold.take(report)
    read(files.found, known, into: &fold)
    return fold
  }

  /// The fold of files that are open.
  func fold(_ found: [LogFiles.Found]) -> Fold {
    var fold = Fold(selection: selection, window: window)
    read(found, nil, into: &fold)
    return fold
  }

  /// The checkpoint, when it speaks of these files, and where each of its files stands among them.
  private func usableCheckpoint(for found: [LogFiles.Found]) -> (checkpoint: Checkpoint, places: [Int])? {
    guard selection == .everything, let directory = checkpoint,
      let known = Checkpoint.read(in: directory, window: window), let places = known.places(among: found)
    else { return nil }
    return (known, places)
  }

  /// Reads the files from where the checkpoint ends.
  private func read(
    _ found: [LogFiles.Found], _ known: (checkpoint: Checkpoint, places: [Int])?, into fold: inout Fold
  ) {
    var sources: [ChunkPlan.Source] = []
    var order: [Int] = []
    for (number, file) in found.enumerated() {
      let place = known?.places.firstIndex(of: number)
      let first = place.map { known?.checkpoint.files[$0].mark.offset ?? 0 } ?? 0
      let own = place ?? fold.begin(file)
      fold.texts.add(file.texts, file: own)
      order.append(own)
      do throws(SystemError) {
        let stop = try file.file.endOfLastLine(from: first)
        sources.append(ChunkPlan.Source(place: own, file: file.file, first: first, stop: stop))
      } catch {
        fold.add(Fold.Unreadable(name: file.label, reason: error.message))
      }
    }
    fold.order = order
    let failed = readLines(ChunkPlan(sources, chunk: chunk), into: &fold)
    if failed.isEmpty, sources.count == found.count {
      keep(fold, found, order, sources, known?.checkpoint.covered ?? 0)
    }
    for source in sources where source.stop < source.file.size && !failed.contains(source.place) {
      let batch = LineBatch(capacity: Int(min(source.file.size - source.stop, Int64(LineReader.maximumLineLength))))
      batch.readTail(of: source.file, from: source.stop, to: source.file.size)
      batch.file = source.place
      fold.take(batch)
      var resources = DroidResources()
      resources.add(batch)
      fold.take(resources)
    }
  }

  /// Keeps the fold of whole lines for the next run, when enough of it is new to be worth it.
  private func keep(
    _ fold: Fold, _ found: [LogFiles.Found], _ order: [Int], _ sources: [ChunkPlan.Source], _ covered: Int64
  ) {
    guard let directory = checkpoint, selection == .everything else { return }
    let news = sources.reduce(0) { $0 + $1.stop - $1.first }
    guard news >= max(leastNews, covered / 16) else { return }
    var files: [(path: String, label: String, mark: Checkpoint.Mark)] = []
    for place in fold.sources.indices {
      guard let number = order.firstIndex(of: place), let path = found[number].path,
        let mark = try? Checkpoint.mark(
          found[number].file, offset: sources[number].stop, lines: fold.sources[place].lines)
      else { return }
      files.append((path, found[number].label, mark))
    }
    Checkpoint.write(fold, files, in: directory)
  }

  /// Reads whole lines on several threads; the places of the files that could not be read to their end.
  private func readLines(_ plan: ChunkPlan, into fold: inout Fold) -> Set<Int> {
    let count = plan.count
    // A line of ours is about 400 bytes long, and three of five are reports.
    fold.window.reserve(count * chunk / 700)
    let turn = FoldingTurn(fold)
    fold = Fold()
    let (plan, turns, chunk) = (Monitor(plan), Monitor(turn), chunk)
    Threads.run(min(threads, count)) {
      let batch = LineBatch(capacity: LineBatch.capacity(chunk: chunk))
      var resources = DroidResources()
      while let (ticket, place, stretch) = plan.with({ $0.take() }) {
        batch.read(stretch)
        batch.file = place
        turns.when({ $0.ticket == ticket }) { $0.take(batch) }
        resources.add(batch)
      }
      turns.with { $0.fold.take(resources) }
    }
    fold = turn.fold
    return turn.failed
  }
}

/// The fold as the threads pass it on, and whose turn it is.
private final class FoldingTurn {
  var ticket = 0
  var fold: Fold
  /// The places of the files that could not be read any further.
  var failed: Set<Int> = []

  init(_ fold: Fold) { self.fold = fold }

  /// Folds a batch, and ends the turn.
  func take(_ batch: LineBatch) {
    ticket += 1
    guard !failed.contains(batch.file) else { return }
    fold.take(batch)
    if batch.failure != nil { failed.insert(batch.file) }
  }
}

extension Fold {
  /// Takes over what was found and what cannot be read.
  fileprivate mutating func take(_ report: Fold) {
    for directory in report.directories { add(directory) }
    for unreadable in report.unreadable { add(unreadable) }
    pruned = report.pruned
  }

  /// Begins a file; its place.
  fileprivate mutating func begin(_ file: LogFiles.Found) -> Int {
    begin(file: file.label, stream: file.stream)
    return sources.count - 1
  }

  /// Takes in the lines of a batch, and why there are no more of its file.
  fileprivate mutating func take(_ batch: LineBatch) {
    add(batch)
    if let failure = batch.failure { add(Unreadable(name: sources[batch.file].name, reason: failure.message)) }
  }
}
