/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// `count` characters of `alphabet`.
  mutating func text(_ alphabet: String, _ count: Int) -> String {
    let characters = Array(alphabet)
    return String((0..<count).compactMap { _ in characters.randomElement(using: &self) })
  }
}

/// Alphabets of tokens.
enum Alphabet {
  static let digits = "0123456789"
  static let lower = "abcdefghijklmnopqrstuvwxyz"
  static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  static let hexadecimal = digits + "abcdef"
  static let alphanumeric = digits + lower + upper
  static let word = alphanumeric + "_"
  static let base64URL = alphanumeric + "_-"
  static let base64 = alphanumeric + "+/"
}
