import TrackCore

/// The positions of executions by droid: what lets each droid be looked at by itself without looking at all of them
/// each time.
struct DroidHistories {
  private var places: [UInt32]
  private var ends: [Int]

  /// Groups the executions of a selection and all that came before it.
  init(_ executions: Executions, _ selection: Selection) {
    var past = selection
    past.since = nil
    let filter = ExecutionFilter(past, executions)
    var counts = Array(repeating: 0, count: executions.droids.count)
    for execution in executions where filter.admits(execution) { counts[Int(execution.droid.value)] += 1 }
    ends = counts
    var sum = 0
    for droid in ends.indices {
      ends[droid] = sum
      sum += counts[droid]
    }
    places = Array(repeating: 0, count: sum)
    for position in executions.indices {
      let execution = executions[position]
      guard filter.admits(execution) else { continue }
      let droid = Int(execution.droid.value)
      places[ends[droid]] = UInt32(position)
      ends[droid] += 1
    }
  }

  /// The positions of a droid's executions, in the order of all.
  func positions(of droid: NameTable.Index) -> some Collection<Int> {
    let place = Int(droid.value)
    return places[(place > 0 ? ends[place - 1] : 0)..<ends[place]].lazy.map { Int($0) }
  }
}
