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

    init?(_ figures: Distribution, _ pruned: DurationFigures?) {
      guard let pruned, pruned.count > 0 else {
        guard figures.count > 0 else { return nil }
        let quantiles = figures.quantiles([0.5, 0.95])
        count = figures.count
        (p50, p95) = (quantiles[0], quantiles[1])
        maximum = figures.maximum
        return
      }
      var all = DurationFigures(figures)
      all.add(pruned, .plus)
      count = all.count
      maximum = all.maximum
      (p50, p95) = (min(maximum, all.sketch.quantile(0.5)), min(maximum, all.sketch.quantile(0.95)))
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

  /// - Parameter pruned: what is left of figures of which the lines are gone, by kind.
  init?(_ droid: String, _ notes: ResourceNotes?, _ pruned: [DurationFigures]?) {
    guard notes != nil || pruned?.contains(where: { $0.count > 0 }) ?? false else { return nil }
    let notes = notes ?? ResourceNotes()
    self.droid = droid
    func usage(_ kind: ResourceNotes.Kind) -> Usage? { Usage(notes[kind].distribution, pruned?[kind.rawValue]) }
    cpuPercent = usage(.cpuPercent)
    memoryMegabytes = usage(.memoryMegabytes)
    diskMegabytes = usage(.diskMegabytes)
  }
}
