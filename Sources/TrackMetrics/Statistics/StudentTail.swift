internal import Glibc

/// The probability that Student's t lies further from 0 than `score` on either side.
///
/// I_x(ν/2, 1/2) with x = ν/(ν + t²) (DLMF 8.17, Abramowitz and Stegun 26.7.1).
package func studentTail(_ score: Double, degrees: Double) -> Double {
  regularizedBeta(degrees / (degrees + score * score), degrees / 2, 0.5)
}

/// The regularized incomplete beta function I_x(a, b) by its continued fraction (DLMF 8.17.22), summed by Lentz's method.
package func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  // The fraction converges fast below the mean of the distribution; the other side follows by symmetry.
  guard x <= (a + 1) / (a + b + 2) else { return 1 - regularizedBeta(1 - x, b, a) }
  let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)) / a
  return front * betaFraction(x, a, b)
}

/// 1/(1 + d₁/(1 + d₂/(1 + …))).
private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
  var numerator = 1.0
  var denominator = 1 / kept(1 - (a + b) * x / (a + 1))
  var value = denominator
  for step in 1...500 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    var change = 1.0
    for term in [even, odd] {
      denominator = 1 / kept(1 + term * denominator)
      numerator = kept(1 + term / numerator)
      change = numerator * denominator
      value *= change
    }
    if abs(change - 1) < 1e-14 { break }
  }
  return value
}

/// The logarithm of the gamma function of a positive number.
func logGamma(_ value: Double) -> Double {
  var sign: Int32 = 0
  return unsafe lgamma_r(value, &sign)
}
