import TrackCore

/// Something in a journal that is not as droid-track leaves it.
package struct Finding: Hashable, Sendable {
  /// What kind of thing it is.
  package enum Code: String, Sendable, CaseIterable {
    // Lines by themselves.
    case damagedLine = "damaged_line"
    case tornTail = "torn_tail"
    case schema
    case repeatedKey = "repeated_key"
    case unreadable
    // Lines and each other.
    case secondStart = "second_start"
    case secondEnding = "second_ending"
    case endingWithoutStart = "ending_without_start"
    case lateWithoutAbandonment = "late_without_abandonment"
    case missingResult = "missing_result"
    case missingReport = "missing_report"
    case strayResult = "stray_result"
    case strayReport = "stray_report"
    case contradiction
    // Seals.
    case sealChain = "seal_chain"
    case sealedBytes = "sealed_bytes"
    case truncated
    case missingFile = "missing_file"
    case addedBytes = "added_bytes"
    case head
  }

  /// How much it matters.
  package enum Severity: String, Sendable {
    /// The journal is not as it was written, or was written wrongly.
    case error
    /// It is told, and no reason to leave with 1.
    case warning
  }

  package let code: Code
  package let severity: Severity
  /// The file, by its name in the log directory.
  package let file: String
  /// The line's number, from 1; nil where it is about no line.
  package var line: Int?
  /// What is the case.
  package var text: String
  /// What to do.
  package var advice: String { code.advice }

  package init(_ code: Code, _ severity: Severity = .error, file: String, line: Int? = nil, _ text: String) {
    (self.code, self.severity, self.file, self.line, self.text) = (code, severity, file, line, text)
  }
}

extension Finding.Code {
  /// What to do about it.
  package var advice: String {
    switch self {
    case .damagedLine: "track-verify --repair puts it aside in a .bad file"
    case .tornTail: "nothing: the next writer closes it off"
    case .schema: "compare it with docs/event.schema.json; readers go on"
    case .repeatedKey: "readers disagree about which one counts; look who wrote it"
    case .unreadable, .missingFile: "restore the file from a backup"
    case .secondStart: "ids are made once; look who wrote it"
    case .secondEnding: "figures count one ending; look who wrote the other"
    case .lateWithoutAbandonment: "look who wrote it"
    case .endingWithoutStart: "look for the start in a backup of events.ndjson"
    case .missingResult, .missingReport:
      "track-sweep finishes what was interrupted; track-verify --repair derives the rest"
    case .strayResult, .strayReport: "look for the event in a backup of events.ndjson"
    case .contradiction: "events.ndjson is the authority; look who changed the other"
    case .sealChain: "audit.ndjson was changed; compare it with a backup"
    case .sealedBytes: "lines were changed, added or taken out since; compare the file with a backup"
    case .truncated: "sealed lines were taken off the end; restore them from a backup"
    case .addedBytes: "nothing is written to a file that was rotated; look who added to it"
    case .head: "the journal is not the one that had this head, or was cut back to before it"
    }
  }
}

/// Findings by lines' offsets, of which lines are counted at the end; all are counted, the first are held.
struct FindingList {
  /// Of one code, how many are held: a file of a million bad lines must not fill memory with a million reports.
  private static let capacity = 100
  /// What stands for the id of the execution that the line is about.
  static let execution = "{execution}"

  private struct Placed {
    var finding: Finding
    let file: Int
    let offset: Int64
  }

  private var placed: [Placed] = []
  private var held: [Finding.Code: Int] = [:]
  private(set) var errorCount = 0
  private(set) var warningCount = 0

  /// Takes in a finding about the line at an offset of a file.
  mutating func add(_ finding: Finding, at file: Int, _ offset: Int64) {
    if finding.severity == .error { errorCount += 1 } else { warningCount += 1 }
    held[finding.code, default: 0] += 1
    guard held[finding.code, default: 0] <= Self.capacity else { return }
    placed.append(Placed(finding: finding, file: file, offset: offset))
  }

  /// The findings that are held, by file and line, with what their texts tell of the lines.
  func located(in files: [JournalFile]) throws(SystemError) -> [Finding] {
    var located: [Finding] = []
    for (place, file) in files.enumerated() {
      var lines = LineCounter(file.file)
      for item in placed.filter({ $0.file == place }).sorted(by: {
        ($0.offset, $0.finding.code.rawValue) < ($1.offset, $1.finding.code.rawValue)
      }) {
        var finding = item.finding
        finding.line = try lines.line(at: item.offset)
        let parts = finding.text.split(separator: Self.execution, omittingEmptySubsequences: false)
        if parts.count > 1 {
          let id = try file.record(at: item.offset)?.execution ?? "an execution"
          finding.text = parts.joined(separator: excerpt(id, maximumLength: 120))
        }
        located.append(finding)
      }
    }
    return located
  }
}

extension JournalFile {
  /// The line at an offset, taken apart; nil when it is no JSON object.
  func record(at offset: Int64) throws(SystemError) -> EventRecord? {
    let bytes = try file.bytes(LineReader.maximumLineLength, at: offset)
    return try? EventRecord(line: Array(bytes.prefix { $0 != 0x0A }))
  }
}

/// Counts the lines of a file up to places in it that come in order.
struct LineCounter {
  private let file: SealedFile
  private var position: Int64 = 0
  private var line = 1

  init(_ file: SealedFile) { self.file = file }

  /// The number of the line that begins at `offset`.
  mutating func line(at offset: Int64) throws(SystemError) -> Int {
    while position < offset {
      let count = Int(min(1 << 20, offset - position))
      let bytes = try file.bytes(count, at: position)
      line += bytes.count { $0 == 0x0A }
      position += Int64(count)
    }
    return line
  }
}
