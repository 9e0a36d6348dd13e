import TrackMetrics

/// What the report's scanner makes of a line is what the parser makes of it, unless it leaves the line to the parser.
func fuzzScan(_ bytes: [UInt8]) {
  for line in bytes.split(separator: 0x0A) {
    if case .different(let scanned, let parsed) = ScanAgreement.of(Array(line)) {
      demand(false, "scanned as \(scanned)\nparsed as \(parsed)")
    }
  }
}
