import TrackCore

/// A payload as it came in.
package enum HookInput: Hashable, Sendable {
  case event(HookEvent)
  /// Nothing can be made of it; the reason, for the log.
  case refused(String)
}

extension HookInput {
  /// The most that is read; the largest answers of tools are a few MiB.
  private static let maximumSize = 32 << 20

  /// Reads standard input up to the end of the object, or as far as it is worth waiting for.
  ///
  /// One that is cut by our bounds counts as far as it was read: its head tells what happened. One of which nothing can be
  /// made is read all the same, for who writes it may not know what to do about a closed pipe.
  package static func read(for time: Duration) -> HookInput {
    var scanner = PayloadScanner()
    var size = 0
    do throws(SystemError) {
      var input = try InputStream.standardInput(for: time)
      while scanner.state != .complete, size < maximumSize, case let bytes = try input.next(), !bytes.isEmpty {
        scanner.take(bytes)
        size += bytes.count
      }
      if size < maximumSize { scanner.end() }
    } catch {
      guard scanner.state != .reading || !scanner.values.isEmpty else {
        return .refused("cannot read the payload: \(error.message)")
      }
    }
    return HookInput(scanner)
  }

  /// The input that `bytes` are.
  package init(_ bytes: [UInt8]) {
    var scanner = PayloadScanner()
    scanner.take(bytes[...])
    scanner.end()
    self.init(scanner)
  }

  private init(_ scanner: PayloadScanner) {
    if case .broken(let reason) = scanner.state {
      self = .refused("cannot read the payload: \(reason)")
    } else if let event = HookEvent(scanner.values) {
      self = .event(event)
    } else {
      self = .refused("cannot read the payload: it names no event")
    }
  }
}
