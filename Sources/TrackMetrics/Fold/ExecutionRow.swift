/// What is known of one execution id, in 64 bytes: at most one start, one ending and the newest report.
///
/// An id of the form `exec-<epoch>-<task>-<8 hex>` is held exactly in `idHigh`, `idLow` and `task`; of another id
/// `idHigh` is its index among the foreign ids. What does not fit (several starts or endings, an ending that names
/// another droid than the start …) stands apart as notes, and the row says so.
struct ExecutionRow {
  /// When it started; `ScannedLine.absentTime` when unknown.
  var started = ScannedLine.absentTime
  /// When it ended or was given up.
  var ended = ScannedLine.absentTime
  /// The time of its newest report.
  var reported = ScannedLine.absentTime
  /// The ending's measured duration; NaN when there is none.
  var duration = Double.nan
  /// The seconds of an id of ours, or the index of a foreign id.
  var idHigh: UInt32 = 0
  /// The random part of an id of ours.
  var idLow: UInt32 = 0
  /// The task in an id of ours, and of every note that names one.
  var task = NameTable.Index.none
  /// The droid of every note that names one.
  var droid = NameTable.Index.none
  /// The execution's own limit in seconds; NaN when there is none.
  var limit = Float.nan
  /// The reason of an abandonment, else the template of an error.
  var word = NameTable.Index.none
  /// Flags in the low 24 bits, and above them the reference of the ending's line, or while there is none of the newest
  /// report's.
  private var packed = Flags.noReference

  /// Facts of one bit and few.
  struct Flags: OptionSet {
    let rawValue: UInt64

    static let ownID = Flags(rawValue: 1 << 0)
    static let start = Flags(rawValue: 1 << 1)
    static let startDroid = Flags(rawValue: 1 << 2)
    static let startTask = Flags(rawValue: 1 << 3)
    static let ending = Flags(rawValue: 1 << 4)
    static let endingDroid = Flags(rawValue: 1 << 5)
    static let endingTask = Flags(rawValue: 1 << 6)
    static let late = Flags(rawValue: 1 << 7)
    /// The starts and endings stand apart.
    static let apart = Flags(rawValue: 1 << 8)
    static let resultTold = Flags(rawValue: 1 << 9)
    static let resultFailed = Flags(rawValue: 1 << 10)
    /// The start says that it is a session.
    static let session = Flags(rawValue: 1 << 11)

    fileprivate static let noReference: UInt64 = LineReference.none.value << 24
    fileprivate static let mask: UInt64 = 1 << 12 - 1
  }

  /// The greatest category index that a row holds.
  static let categoryLimit = 1 << 10 - 2

  @inline(__always) func has(_ flag: Flags) -> Bool { packed & flag.rawValue != 0 }
  @inline(__always) mutating func set(_ flags: Flags) { packed |= flags.rawValue }
  @inline(__always) mutating func clear(_ flags: Flags) { packed &= ~flags.rawValue }

  /// How it ended; of no meaning without an ending.
  var kind: EndingKind {
    get { EndingKind(rawValue: Int(packed >> 12 & 3)) ?? .completed }
    set { packed = packed & ~(3 << 12) | UInt64(newValue.rawValue) << 12 }
  }

  /// The category of its result.
  var category: NameTable.Index {
    get {
      let stored = UInt32(packed >> 14 & 0x3FF)
      return stored == 0 ? .none : NameTable.Index(value: stored - 1)
    }
    set { packed = packed & ~(0x3FF << 14) | UInt64(newValue == .none ? 0 : newValue.value + 1) << 14 }
  }

  /// The line of its ending, or of its newest report.
  var reference: LineReference {
    get { LineReference(value: packed >> 24) }
    set { packed = packed & 0xFF_FFFF | newValue.value << 24 }
  }
}

/// A start or an ending that stands apart from its row.
struct ApartNote: Hashable, Sendable {
  var time: Int64
  /// The limit of a start, the duration of an ending; NaN when there is none.
  var value: Double
  var reference: LineReference
  var droid: NameTable.Index
  var task: NameTable.Index
  var reason: NameTable.Index
  var error: NameTable.Index
  /// Nil for a start.
  var kind: EndingKind?
  var isLate: Bool
  /// Whether a start says that it is a session.
  var isSession = false
}
