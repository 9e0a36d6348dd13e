package import TrackCore

/// A change of a settings file that is to be made, or only to be shown.
package struct SettingsChange: Hashable, Sendable {
  /// The file.
  package let path: String
  private let old: SettingsText?
  /// Nil where the file is to go.
  private let new: SettingsText?

  /// A registration put in.
  package static func adding(_ registration: Registration, to file: SettingsFile) throws(SettingsError) -> Self {
    let text = try file.text()
    return Self(path: file.path, old: text, new: try file.adding(registration, to: text))
  }

  /// What runs track-hook for a harness taken out.
  package static func removing(_ harness: Harness, from file: SettingsFile) throws(SettingsError) -> Self {
    guard let text = try file.text() else { return Self(path: file.path, old: nil, new: nil) }
    return Self(path: file.path, old: text, new: try file.removing(harness, from: text))
  }

  /// Whether there is nothing to do.
  package var isEmpty: Bool { old == new }

  /// Makes the change: all of it or nothing.
  ///
  /// A link is followed, also one that leads to nothing yet; the file keeps its mode.
  package func make() throws(SystemError) {
    guard !isEmpty else { return }
    if let new {
      if old == nil { try Path.makeDirectory(Path.parent(Path.destination(path))) }
      return try FileReplacement.write(new.bytes, to: path)
    }
    // What a link leads to is somebody's, even where nothing is left in it.
    if try FileStatus.of(path, followingLink: false)?.kind == .regular {
      try Path.removeFile(path)
    } else {
      try FileReplacement.write(Array("{}\n".utf8), to: path)
    }
  }

  /// The change as lines: those that go begin with `-`, those that come with `+`.
  package var preview: String {
    guard !isEmpty else { return "" }
    func lines(_ text: SettingsText?) -> [Substring] {
      guard let text else { return [] }
      return String(decoding: text.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        .dropLastIfEmpty()
    }
    let heads = "--- \(old == nil ? "/dev/null" : path)\n+++ \(new == nil ? "/dev/null" : path)\n"
    return heads + LineDifference(from: lines(old), to: lines(new)).text
  }
}

extension [Substring] {
  fileprivate func dropLastIfEmpty() -> [Substring] { last == "" ? Array(dropLast()) : self }
}

/// What sets two texts apart, as diff(1) tells it with lines of context, without the numbers of lines.
struct LineDifference {
  private static let context = 2
  private enum Line {
    case same(Substring)
    case removed(Substring)
    case inserted(Substring)
  }

  private var lines: [Line] = []

  init(from old: [Substring], to new: [Substring]) {
    let difference = new.difference(from: old)
    let removed = Set(difference.removals.map { $0.place })
    let inserted = Set(difference.insertions.map { $0.place })
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if removed.contains(left) {
        lines.append(.removed(old[left]))
        left += 1
      } else if inserted.contains(right) {
        lines.append(.inserted(new[right]))
        right += 1
      } else {
        lines.append(.same(old[left]))
        (left, right) = (left + 1, right + 1)
      }
    }
  }

  /// The changed lines with what stands around them.
  var text: String {
    var text = ""
    var isGap = false
    for (place, line) in lines.enumerated() {
      switch line {
      case .removed(let line): text += "-\(line)\n"
      case .inserted(let line): text += "+\(line)\n"
      case .same(let line):
        let near = lines[max(0, place - Self.context)...min(lines.count - 1, place + Self.context)]
        guard near.contains(where: { if case .same = $0 { false } else { true } }) else {
          isGap = true
          continue
        }
        if isGap { text += "@@\n" }
        text += " \(line)\n"
      }
      isGap = false
    }
    return text
  }
}

extension CollectionDifference.Change {
  fileprivate var place: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
