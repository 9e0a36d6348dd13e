/// What may be removed from the journal.
struct PruningPolicy: Hashable, Sendable {
  /// How long files of the streams but audit are kept after they were last written to.
  var age: Duration?
  /// How many bytes the streams but audit may take on the disk.
  var size: Int64?
  /// How long files of the audit stream are kept.
  var auditAge: Duration?
  /// What the tombstone says asked for the removal by age.
  private(set) var ageText = "max_age"

  /// What the configuration allows; nil when it allows nothing.
  init?(_ retention: Configuration.Retention, keeping: Duration?) {
    guard
      keeping != nil || retention.maximumAge != nil || retention.maximumSize != nil || retention.maximumAuditAge != nil
    else { return nil }
    age = keeping ?? retention.maximumAge
    size = retention.maximumSize
    auditAge = retention.maximumAuditAge
    if keeping != nil { ageText = "--keep-days" }
  }
}

/// Which rotated files are to go, and why.
///
/// Pure. The oldest go first, and no younger one of the streams but audit goes while an older one stays. What one rotation
/// renamed goes together: a report stands in two streams.
struct PruningPlan: Hashable {
  /// A file of the journal.
  struct File: Hashable {
    let stream: Stream
    let name: String
    /// Its size on the disk.
    let size: Int64
    /// When it was last written to.
    let modified: Timestamp
    /// Whether it is written to now; such a file stays.
    let isCurrent: Bool
  }

  /// A file that is to go.
  struct Removal: Hashable {
    let stream: Stream
    let name: String
    /// What asks for it.
    let policy: String
  }

  /// The files that are to go, the oldest first.
  private(set) var removals: [Removal] = []

  init(_ files: [File], now: Timestamp, policy: PruningPolicy) {
    let rotated = files.filter { !$0.isCurrent }.sorted { ($0.modified, $0.name) < ($1.modified, $1.name) }
    var total = files.filter { $0.stream != .audit }.reduce(0) { $0 + $1.size }
    for group in Self.rotations(rotated.filter { $0.stream != .audit }) {
      let reason: String
      if let age = policy.age, group.allSatisfy({ now.seconds(since: $0.modified) > age.seconds }) {
        reason = "\(policy.ageText) \(Int(age.seconds))s"
      } else if let size = policy.size, total > size {
        reason = "max_size \(size)"
      } else {
        break
      }
      for file in group { remove(file, reason) }
      total -= group.reduce(0) { $0 + $1.size }
    }
    guard let age = policy.auditAge else { return }
    for file in rotated where file.stream == .audit && now.seconds(since: file.modified) > age.seconds {
      remove(file, "audit_max_age \(Int(age.seconds))s")
    }
  }

  /// The files by the rotation that renamed them, which gave them names that end in the same.
  private static func rotations(_ files: [File]) -> [[File]] {
    var groups: [[File]] = []
    var places: [Substring: Int] = [:]
    for file in files {
      let own = file.name.hasPrefix(file.stream.name) ? file.name.dropFirst(file.stream.name.count) : file.name[...]
      let ending = LogFile.isCompressed(file.name) ? own.dropLast(3) : own
      if let place = places[ending] {
        groups[place].append(file)
      } else {
        places[ending] = groups.count
        groups.append([file])
      }
    }
    // A rotation is as old as the file of it that was last written to.
    return groups.sorted {
      ($0.last?.modified ?? .init(microseconds: 0)) < ($1.last?.modified ?? .init(microseconds: 0))
    }
  }

  private mutating func remove(_ file: File, _ policy: String) {
    removals.append(Removal(stream: file.stream, name: file.name, policy: policy))
  }
}
