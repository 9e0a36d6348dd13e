import TrackCore

/// A number of things: `1 line`, `2 lines`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// A part as people read it: `66.7 %`.
func percentText(_ part: Double) -> String { "\(fixed(part * 100, places: 1)) %" }

/// Seconds as people read them: `0.2ms`, `100ms`, `1.25s`, `12.3s`, `1m 12s`, `2h 5m`, `3d 4h`.
func durationText(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e12 else { return "?" }
  let whole = Int(seconds.rounded())
  return switch seconds {
  case ..<0.00995: "\(fixed(seconds * 1_000, places: 1))ms"
  case ..<0.9995: "\(Int((seconds * 1_000).rounded()))ms"
  case ..<9.995: "\(fixed(seconds, places: 2))s"
  case ..<59.95: "\(fixed(seconds, places: 1))s"
  case ..<3_599.5: joined(whole / 60, "m", whole % 60, "s")
  case ..<86_400: joined(whole / 3_600, "h", whole % 3_600 / 60, "m")
  default: joined(whole / 86_400, "d", whole % 86_400 / 3_600, "h")
  }
}

/// Seconds in one unit, rounded down: `4s`, `12m`, `3h`, `5d`.
func agoText(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e12 else { return "?" }
  let whole = Int(max(0, seconds))
  return switch whole {
  case ..<60: "\(whole)s"
  case ..<3_600: "\(whole / 60)m"
  case ..<86_400: "\(whole / 3_600)h"
  default: "\(whole / 86_400)d"
  }
}

/// A time as people read it: `2025-10-08 16:21:54 UTC`.
func timeText(_ time: Timestamp) -> String {
  let text = time.description
  return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
}

/// A probability as people read it: `1 in 25`, `less than 1 in 1000000`.
func chanceText(_ chance: Double) -> String {
  chance >= 1e-6 ? "1 in \(Int((1 / chance).rounded()))" : "less than 1 in 1000000"
}

private func joined(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
  small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit) \(small)\(smallUnit)"
}

/// A number with a fixed number of places, rounded half away from zero; `?` for one that no log tells in earnest.
func fixed(_ value: Double, places: Int) -> String {
  guard abs(value) < 1e12 else { return "?" }
  let scale = places == 1 ? 10 : 100
  let scaled = Int((value * Double(scale)).rounded())
  let sign = scaled < 0 ? "-" : ""
  return "\(sign)\(abs(scaled) / scale).\(decimal(abs(scaled) % scale, digits: places))"
}
