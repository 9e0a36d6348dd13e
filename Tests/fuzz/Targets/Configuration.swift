@testable import TrackCore

/// Any bytes are a configuration or an error with its place, and within 50 ms of processor time.
func fuzzConfiguration(_ bytes: [UInt8]) {
  let began = processorTime()
  do throws(ConfigurationError) {
    let configuration = try Configuration.decode(bytes, file: "droid-forge.yaml")
    demandSense(of: configuration)
    demand((try? Configuration.decode(bytes, file: "other")) == configuration, "read twice it says two things")
  } catch {
    demand(error.line >= 1 && error.column >= 1, "an error without its place: \(error)")
    let message = error.description
    demand(
      message.hasPrefix("droid-forge.yaml:\(error.line):\(error.column): "), "a message without its place: \(message)")
    demand(!message.unicodeScalars.contains(where: \.actsOnTerminals), "a message that acts on a terminal")
    demand(message.utf8.count <= 2048, "a message of \(message.utf8.count) bytes")
  }
  let milliseconds = (processorTime() - began) / 1_000_000
  demand(milliseconds < 50, "\(milliseconds) ms for \(bytes.count) bytes")
}

private func demandSense(of configuration: Configuration) {
  let tracking = configuration.tracking
  demand(tracking.defaultTimeout > .zero, "a default timeout of \(tracking.defaultTimeout)")
  demand(tracking.heartbeatTimeout.map { $0 > .zero } ?? true, "a heartbeat timeout of nothing")
  demand((0...1).contains(tracking.issues.abandonmentRate), "a rate of \(tracking.issues.abandonmentRate)")
  demand((0...1).contains(tracking.issues.successRate), "a rate of \(tracking.issues.successRate)")
  demand(tracking.retention.maximumSize.map { $0 > 0 } ?? true, "a size of nothing")
  demand(configuration.locking.wait >= .zero && configuration.locking.wait <= .seconds(2), "a wait beyond 2 s")
  demand(configuration.locking.lockExtension.utf8.first == UInt8(ascii: "."), "a suffix without its dot")
  demand(!configuration.locking.lockExtension.utf8.contains(UInt8(ascii: "/")), "a suffix with a slash")
  let directory = configuration.logging.directory
  demand(!directory.isEmpty && !directory.utf8.contains(0), "no directory")
  demand(!directory.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }, "a way out")
}
