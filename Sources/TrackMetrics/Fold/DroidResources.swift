import TrackCore

/// What the work of droids took, by the places of the droids in a fold.
///
/// Each reading thread has its own, because adding needs no turn: figures add up to the same in any order.
struct DroidResources {
  /// By the place of the droid; nil of a droid that told nothing.
  private(set) var notes: [ResourceNotes?] = []

  /// Takes in what the lines say that count in a batch that was folded.
  mutating func add(_ batch: LineBatch) {
    for (place, droid) in batch.measured {
      let line = batch.lines[place]
      notes.extend(to: droid, with: nil)
      if notes[droid] == nil { notes[droid] = ResourceNotes() }
      let time = Timestamp(known: line.time)
      func execution() -> String? { batch.text(line.execution) }
      notes[droid]?.add(.cpuPercent, line.cpuPercent, time: time, execution: execution)
      notes[droid]?.add(.memoryMegabytes, line.memoryMegabytes, time: time, execution: execution)
      notes[droid]?.add(.diskMegabytes, line.diskMegabytes, time: time, execution: execution)
    }
  }
}
