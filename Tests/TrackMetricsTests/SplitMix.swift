import Glibc

/// A small random generator with a seed (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

extension SplitMix {
  /// A number from the standard normal distribution (Box and Muller, 1958).
  mutating func normal() -> Double {
    let (one, other) = (Double.random(in: 0x1p-53..<1, using: &self), Double.random(in: 0..<1, using: &self))
    return (-2 * log(one)).squareRoot() * cos(2 * Double.pi * other)
  }
}
