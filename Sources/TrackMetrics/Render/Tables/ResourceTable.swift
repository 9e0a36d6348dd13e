extension Table {
  /// A row for each droid that told what its work took.
  static func resources(_ resources: some Sequence<ResourceSummary>) -> Table {
    var table = Table([
      .text("Droid"), .number("CPU p50"), .number("p95", sacrifice: 3), .number("max", sacrifice: 1),
      .number("Memory p50"), .number("p95", sacrifice: 3), .number("max", sacrifice: 1),
      .number("Disk p50", sacrifice: 4), .number("p95", sacrifice: 5), .number("max", sacrifice: 4),
    ])
    for droid in resources {
      table.add(
        [.text(droid.droid)] + figures(droid.cpuPercent, processorText)
          + figures(droid.memoryMegabytes, megabytesText) + figures(droid.diskMegabytes, megabytesText))
    }
    return table
  }

  private static func figures(_ usage: ResourceSummary.Usage?, _ text: (Double) -> String) -> [Cell] {
    [usage?.p50, usage?.p95, usage?.maximum].map { .optional($0.map(text)) }
  }
}

/// Percent of one core: `3.4 %`, `250 %`.
private func processorText(_ percent: Double) -> String { "\(threeDigits(percent)) %" }

/// Megabytes with a unit that keeps them short: `0.5 MB`, `310 MB`, `1.5 GB`, `2.1 TB`.
private func megabytesText(_ megabytes: Double) -> String {
  switch abs(megabytes) {
  case ..<999.5: "\(threeDigits(megabytes)) MB"
  case ..<999_500: "\(threeDigits(megabytes / 1_000)) GB"
  default: "\(threeDigits(megabytes / 1_000_000)) TB"
  }
}

/// About three digits: `0.05`, `7.3`, `310`; `?` for a number that no log tells in earnest.
private func threeDigits(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "?" }
  guard abs(value) < 99.95 else { return countText(Int(value.rounded())) }
  let tenths = Int((value * 10).rounded())
  return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}
