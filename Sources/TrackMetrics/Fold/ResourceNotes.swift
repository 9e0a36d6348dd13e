package import TrackCore

/// What self-reports and endings of one droid say its work took.
///
/// Memory is bounded however much is reported: figures are exact up to `exactLimit` of a kind and a sketch from then
/// on, and only the largest are known with the execution that they belong to.
package struct ResourceNotes: Hashable, Sendable {
  /// A kind of resource.
  package enum Kind: Int, Sendable, CaseIterable {
    /// Percent of one core
    case cpuPercent
    /// Megabytes of memory
    case memoryMegabytes
    /// Megabytes read from and written to disks
    case diskMegabytes
  }

  /// A large figure and where it comes from.
  package struct Peak: Hashable, Comparable, Sendable {
    package let value: Double
    package let time: Timestamp?
    package let execution: String?

    package static func < (left: Self, right: Self) -> Bool {
      (left.value, left.time?.microseconds ?? .min, left.execution ?? "")
        < (right.value, right.time?.microseconds ?? .min, right.execution ?? "")
    }
  }

  /// The figures of one kind.
  package struct Figures: Hashable, Sendable {
    /// All of them.
    package private(set) var distribution = Distribution(limit: ResourceNotes.exactLimit)
    /// The largest, the largest first, at most `ResourceNotes.peakCount`.
    package private(set) var peaks: [Peak] = []

    mutating func add(_ value: Double, time: Timestamp?, execution: () -> String?) {
      distribution.add(value)
      let isFull = peaks.count == ResourceNotes.peakCount
      if isFull, let last = peaks.last, value < last.value { return }
      let peak = Peak(value: value, time: time, execution: execution())
      if isFull, let last = peaks.last, peak <= last { return }
      peaks.insert(peak, at: peaks.firstIndex { $0 < peak } ?? peaks.endIndex)
      if peaks.count > ResourceNotes.peakCount { peaks.removeLast() }
    }

    mutating func merge(_ other: Figures) {
      distribution.merge(other.distribution)
      peaks = Array((peaks + other.peaks).sorted(by: >).prefix(ResourceNotes.peakCount))
    }
  }

  /// What both say, whichever was first.
  func merged(with other: ResourceNotes) -> ResourceNotes {
    var merged = self
    for kind in figures.indices { merged.figures[kind].merge(other.figures[kind]) }
    return merged
  }

  /// The number of figures of a kind that are kept as they are.
  package static let exactLimit = 1_024
  /// The number of the largest figures that are kept with their execution.
  package static let peakCount = 16

  private var figures = Array(repeating: Figures(), count: Kind.allCases.count)

  package init() {}

  /// The figures of `kind`.
  package subscript(kind: Kind) -> Figures { figures[kind.rawValue] }

  /// Takes in one figure; what is negative or no number is none.
  /// - Parameter execution: asked only for the figures that are kept with their execution.
  package mutating func add(_ kind: Kind, _ value: Double, time: Timestamp?, execution: () -> String?) {
    guard value >= 0, value.isFinite else { return }
    figures[kind.rawValue].add(value, time: time, execution: execution)
  }
}

extension ResourceNotes {
  /// Takes over the figures of a kind as another value held them.
  mutating func set(_ kind: Kind, _ distribution: Distribution, _ peaks: [Peak]) {
    figures[kind.rawValue] = Figures(distribution: distribution, peaks: peaks)
  }
}
