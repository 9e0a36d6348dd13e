/// What one droid's work took, by its self-reports and endings.
package struct ResourceSummary: Hashable, Sendable {
  /// One kind of resource.
  package struct Usage: Hashable, Sendable {
    /// How many figures were reported.
    package let count: Int
    /// The median.
    package let p50: Double
    /// The 95th percentile.
    package let p95: Double
    /// The largest.
    package let maximum: Double

    init?(_ figures: ResourceNotes.Figures) {
      guard figures.distribution.count > 0 else { return nil }
      let quantiles = figures.distribution.quantiles([0.5, 0.95])
      count = figures.distribution.count
      (p50, p95) = (quantiles[0], quantiles[1])
      maximum = figures.distribution.maximum
    }
  }

  /// The droid.
  package let droid: String
  /// Percent of one core.
  package let cpuPercent: Usage?
  /// Megabytes of memory.
  package let memoryMegabytes: Usage?
  /// Megabytes read from and written to disks.
  package let diskMegabytes: Usage?

  init(_ droid: String, _ notes: ResourceNotes) {
    self.droid = droid
    cpuPercent = Usage(notes[.cpuPercent])
    memoryMegabytes = Usage(notes[.memoryMegabytes])
    diskMegabytes = Usage(notes[.diskMegabytes])
  }
}
