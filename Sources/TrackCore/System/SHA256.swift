internal import CCrypto

/// SHA-256 (FIPS 180-4), computed by libcrypto.
///
/// Chosen by measurement, in static executables on one core with SHA-NI: libcrypto's plain functions add 24 KB and no build
/// time and hash 0.9 GB/s; its EVP interface adds 3.6 MB; swift-crypto, which brings BoringSSL, is built for minutes.
package struct SHA256 {
  private var context = SHA256_CTX()

  /// Begins with nothing hashed.
  package init() { _ = unsafe SHA256_Init(&context) }

  /// Takes in bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    _ = unsafe SHA256_Update(&context, bytes.baseAddress, bytes.count)
  }

  /// The digest of all that was taken in.
  package consuming func finish() -> Digest {
    var bytes: InlineArray<32, UInt8> = .init(repeating: 0)
    var span = bytes.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { buffer in
      _ = unsafe SHA256_Final(buffer.baseAddress, &context)
    }
    return Digest(bytes)
  }

  /// 32 bytes, written as 64 lower-case hexadecimal digits.
  package struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The bytes as numbers, the first byte highest.
    private let words: SIMD4<UInt64>

    fileprivate init(_ bytes: InlineArray<32, UInt8>) {
      var words = SIMD4<UInt64>()
      for place in 0..<32 { words[place / 8] = words[place / 8] << 8 | UInt64(bytes[place]) }
      self.words = words
    }

    /// Reads 64 lower-case hexadecimal digits; nil when `text` is not that.
    package init?(_ text: String) {
      let digits = Array(text.utf8)
      guard digits.count == 64 else { return nil }
      var words = SIMD4<UInt64>()
      for place in 0..<32 {
        guard let high = Self.nibble(digits[2 * place]), let low = Self.nibble(digits[2 * place + 1]) else {
          return nil
        }
        words[place / 8] = words[place / 8] << 8 | UInt64(high << 4 | low)
      }
      self.words = words
    }

    /// The digest of `bytes`.
    package static func of(_ bytes: ArraySlice<UInt8>) -> Digest {
      var hash = SHA256()
      unsafe bytes.withUnsafeBytes { unsafe hash.update($0) }
      return hash.finish()
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
      default: nil
      }
    }

    package var description: String {
      (0..<4).map { hexadecimal(words[$0], digits: 16) }.joined()
    }
  }
}
