/// What the fold takes of one line: numbers, and places of texts in the batch that holds the line.
///
/// A plain value without references, so that a batch of lines costs no allocation and no reference count. It is made
/// by `LineScanner` in one pass over the bytes, or by `init(_: EventRecord …)` where a line needs the full parser;
/// both say the same of every line that both accept.
struct ScannedLine {
  /// What kind of line it is.
  enum Kind: UInt8 {
    case started, completed, abandoned, selfReport, result, validated, metrics, audit
    /// A type of the orchestrator's or nobody's; `type` tells.
    case other
    /// There is no `event_type`.
    case untyped
    /// `event_type` is there and is no text.
    case badType
    /// Nothing but white space.
    case blank
    /// No JSON object; the batch's remarks say why.
    case refused
  }

  /// Whether a boolean is known.
  enum Truth: UInt8 {
    case unknown, no, yes
  }

  /// What a status says of an ending.
  enum StatusWord: UInt8 {
    case absent, completed, failed, timeout, abandoned, other
  }

  var kind = Kind.untyped
  var status = StatusWord.absent
  var success = Truth.unknown
  var late = Truth.unknown
  /// Whether its details say that it is of a session, as those of a start do.
  var isSession = false
  /// Digits of the epoch in an execution id as droid-track writes it, `exec-<epoch>-<task>-<8 hex>`; 0 for other ids.
  var epochDigits: UInt8 = 0
  /// Where it begins in the batch's bytes.
  var offset: UInt32 = 0
  /// Microseconds since the epoch; `absentTime` when there is no readable timestamp.
  var time = ScannedLine.absentTime
  /// A 64-bit fingerprint of the event id, or of the line where it has none.
  var identity: UInt64 = 0
  /// Of an id as droid-track writes it, the seconds since the epoch.
  var epoch: UInt32 = 0
  /// Of an id as droid-track writes it, the random part.
  var random: UInt32 = 0
  var type = TextRange.absent
  var run = TextRange.absent
  var execution = TextRange.absent
  var droid = TextRange.absent
  var task = TextRange.absent
  var statusText = TextRange.absent
  var reason = TextRange.absent
  var category = TextRange.absent
  /// `problems` as it stands, when it is an array that is not empty.
  var problems = TextRange.absent
  /// The kind of a self-report, `event_type` of its details.
  var reportKind = TextRange.absent
  /// The template of the error in an ending's details.
  var error = TextRange.absent
  /// Numbers of `details`; NaN where they are absent.
  var progress = Double.nan
  var duration = Double.nan
  var limit = Double.nan
  var cpuPercent = Double.nan
  var memoryMegabytes = Double.nan
  var diskMegabytes = Double.nan

  /// What tells it from all other events that are counted; those that share an id differ in kind.
  @inline(__always) func counted(as kind: Kind) -> UInt64 {
    identity ^ (UInt64(kind.rawValue) &* 0x9e37_79b9_7f4a_7c15)
  }

  /// What stands for no time.
  static let absentTime = Int64.min
}

/// A place in the bytes of a batch, or in the texts that it decoded.
struct TextRange: Equatable {
  private static let decodedBit: UInt32 = 1 << 31

  /// No text at all, which is not the empty one.
  static let absent = TextRange(place: .max, count: 0)

  private let place: UInt32
  private let length: UInt32

  private init(place: UInt32, count: UInt32) {
    self.place = place
    length = count
  }

  /// Bytes that stand in the batch as they are meant.
  @inline(__always) init(offset: Int, count: Int) {
    self.init(place: UInt32(truncatingIfNeeded: offset), count: UInt32(truncatingIfNeeded: count))
  }

  /// Bytes that the batch holds apart because the line has them escaped.
  init(decoded offset: Int, count: Int) {
    self.init(place: UInt32(truncatingIfNeeded: offset) | Self.decodedBit, count: UInt32(truncatingIfNeeded: count))
  }

  /// Its length in bytes.
  @inline(__always) var count: Int { Int(length) }
  /// Whether there is a text.
  @inline(__always) var isPresent: Bool { place != .max }
  /// Whether it stands among the decoded texts.
  @inline(__always) var isDecoded: Bool { place & Self.decodedBit != 0 }
  /// Where it begins.
  @inline(__always) var offset: Int { Int(place & ~Self.decodedBit) }
}
