internal import Glibc

/// The probability that so few of the last cases succeed when nothing has changed.
///
/// Fisher's exact test, one-sided: with the margins of the table fixed, the successes among the last cases are
/// hypergeometric, and this is P(X ≤ `late`) = Σ C(K, x)·C(N − K, n − x) / C(N, n) (R. A. Fisher, "The Logic of Inductive
/// Inference", 1935). It needs no minimum of cases and no normal approximation.
/// - Parameters:
///   - late: the successes among the `lateCount` last cases.
///   - early: the successes among the `earlyCount` cases before them.
package func chanceOfSoFew(late: Int, of lateCount: Int, early: Int, of earlyCount: Int) -> Double {
  let successes = late + early
  let failures = lateCount + earlyCount - successes
  let least = max(0, lateCount - failures)
  var term = exp(
    logChoose(successes, late) + logChoose(failures, lateCount - late) - logChoose(lateCount + earlyCount, lateCount))
  var sum = term
  // C(K, x)·C(M, n − x) from x to x − 1; terms fall for good once they are small.
  for x in stride(from: late, to: least, by: -1) {
    term *= Double(x) / Double(successes - x + 1) * Double(failures - lateCount + x) / Double(lateCount - x + 1)
    sum += term
    if term < sum * 1e-17 { break }
  }
  return min(1, sum)
}

/// The logarithm of the number of ways to choose `part` of `whole`.
private func logChoose(_ whole: Int, _ part: Int) -> Double {
  logGamma(Double(whole) + 1) - logGamma(Double(part) + 1) - logGamma(Double(whole - part) + 1)
}
