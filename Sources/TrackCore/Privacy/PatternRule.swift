private import Glibc

/// A regular expression of the configuration that the system does not take.
package struct InvalidPattern: Error, Hashable, Sendable, CustomStringConvertible {
  /// The expression.
  package let pattern: String
  /// What is wrong with it, in the system's words.
  package let problem: String

  /// One line for a person.
  package var description: String { "redaction pattern '\(excerpt(pattern))': \(problem)" }
}

/// A POSIX extended regular expression, compiled by the system.
///
/// The corresponding C functions are `regcomp` and `regexec`; the latter may be called from several threads at a time.
@safe final class PatternRule: @unchecked Sendable {
  private let compiled: UnsafeMutablePointer<regex_t>

  init(_ pattern: String) throws(InvalidPattern) {
    guard !pattern.utf8.contains(0) else { throw InvalidPattern(pattern: pattern, problem: "it holds a NUL") }
    let compiled = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
    unsafe compiled.initialize(to: regex_t())
    let status = unsafe regcomp(compiled, pattern, REG_EXTENDED)
    guard status == 0 else {
      let problem = unsafe Self.message(status, compiled)
      unsafe compiled.deallocate()
      throw InvalidPattern(pattern: pattern, problem: problem)
    }
    unsafe self.compiled = compiled
  }

  deinit {
    unsafe regfree(compiled)
    unsafe compiled.deallocate()
  }

  /// What the expression matches in `text`, matches of nothing left out.
  func findings(_ text: ScannedText) -> [Finding] {
    var findings: [Finding] = []
    var position = 0
    // The end is told, yet whoever takes this for a C string all the same, as sanitizers do, finds its end, too.
    unsafe (text.bytes + [0]).withUnsafeBytes { bytes in
      guard let base = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
      while position < text.end {
        var match = regmatch_t(rm_so: regoff_t(position), rm_eo: regoff_t(text.end))
        let flags = REG_STARTEND | (position > 0 ? REG_NOTBOL : 0)
        guard unsafe regexec(compiled, base, 1, &match, flags) == 0 else { return }
        let range = Int(match.rm_so)..<Int(match.rm_eo)
        if !range.isEmpty { findings.append(Finding(range, rule: "pattern")) }
        position = max(range.upperBound, position + 1)
      }
    }
    return findings
  }

  private static func message(_ status: Int32, _ compiled: UnsafeMutablePointer<regex_t>) -> String {
    var buffer = [UInt8](repeating: 0, count: 128)
    let length = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe regerror(status, compiled, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return String(decoding: buffer.prefix(max(0, min(length, buffer.count) - 1)), as: UTF8.self)
  }
}
