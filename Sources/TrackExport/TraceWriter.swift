/// Writes executions in a format, bit by bit.
protocol TraceWriter {
  /// What comes before the first execution.
  var head: [UInt8] { get }

  /// Takes an execution; what is to be written now.
  mutating func write(_ execution: FinishedExecution) -> [UInt8]

  /// What comes after the last one.
  mutating func tail() -> [UInt8]
}

extension ExportFormat {
  /// A writer of the format, as the tool of `version`.
  func writer(version: String) -> any TraceWriter {
    switch self {
    case .otlpJSON: OTLPWriter(version: version)
    case .perfetto: PerfettoWriter()
    }
  }
}
