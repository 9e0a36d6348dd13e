import Testing
import TrackMetrics

/// Reference values computed with Python's integers, fractions and numerical integration from the formulas named.
@Suite("Statistics of chance") struct TestOfChanceTests {
  @Test(
    "Wilson's interval: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)",
    arguments: [
      (0, 10, 0.0, 0.2775327998628892), (1, 10, 0.017876213095072896, 0.4041500267952385),
      (5, 10, 0.236593090512564, 0.7634069094874361), (10, 10, 0.7224672001371107, 1),
      (81, 263, 0.2552885198782742, 0.36620957698280004), (199_990, 200_000, 0.9999079551443893, 0.9999728398511128),
    ])
  func wilson(part: Int, whole: Int, low: Double, high: Double) throws {
    let estimate = try #require(RateEstimate(part, of: whole))
    #expect(abs(estimate.low - low) < 1e-12)
    #expect(abs(estimate.high - high) < 1e-12)
    #expect(estimate.rate == Double(part) / Double(whole))
    #expect(estimate.count == whole)
    #expect(RateEstimate(0, of: 0) == nil)
  }

  @Test(
    "Fisher's exact test: Σ C(K, x)·C(N − K, n − x) / C(N, n) in fractions",
    arguments: [
      (1, 10, 11, 14, 0.0013797280926100418), (0, 30, 27, 30, 4.6133846057770837e-14),
      (20, 30, 950, 1_000, 2.556774752326762e-06), (30, 30, 900, 1_000, 1),
      (700, 1_000, 95_000, 100_000, 4.860538722335511e-140), (0, 5, 0, 5, 1),
    ])
  func fisher(late: Int, lateCount: Int, early: Int, earlyCount: Int, expected: Double) {
    let chance = chanceOfSoFew(late: late, of: lateCount, early: early, of: earlyCount)
    #expect(abs(chance / expected - 1) < 1e-8)
  }

  @Test(
    "Student's t: both tails by Simpson's rule over the density",
    arguments: [
      (2.228138852, 10, 0.05), (12.7062047364, 1, 0.05), (5, 7.35, 0.0013550862196), (1, 3, 0.3910022189558),
      (9, 36.75, 7.9495133979e-11), (0.5, 200, 0.6176247523164), (-5, 7.35, 0.0013550862196), (0, 4, 1),
    ] as [(Double, Double, Double)])
  func student(score: Double, degrees: Double, expected: Double) {
    #expect(abs(studentTail(score, degrees: degrees) / expected - 1) < 1e-7)
  }

  @Test("median and scaled median absolute deviation, plain and weighted")
  func robustScale() throws {
    let scale = try #require(RobustScale([1, 1, 2, 2, 4, 6, 9]))
    #expect(scale.middle == 2)
    #expect(abs(scale.deviation - 1.4826022185056018) < 1e-12)
    #expect(scale.score(2 + 3 * 1.4826022185056018, least: 0) == 3)
    #expect(scale.score(12, least: 5) == 2)
    let weighted = try #require(RobustScale(weighted: [(9, 1), (2, 2), (6, 1), (1, 2), (4, 1)]))
    #expect(weighted == scale)
    #expect(RobustScale([]) == nil)
    #expect(RobustScale([1000, 1, 2])?.middle == 2)
  }
}
