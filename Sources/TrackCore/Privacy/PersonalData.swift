/// What names a person: e-mail addresses and home directories.
struct PersonalData {
  let text: ScannedText
  /// The user's own home, where it is worth a name.
  let home: [UInt8]?

  /// The address whose `@` stands at `position`.
  ///
  /// `git@host` is how repositories are addressed and names nobody.
  func address(at position: Int) -> Finding? {
    let start = text.start(of: Self.local, before: position, limit: 64)
    let end = text.end(of: Self.domain, from: position + 1, limit: 255)
    let labels = text.bytes[position + 1..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard start < position, labels.count >= 2, let top = labels.last(where: { !$0.isEmpty }), top.count >= 2,
      top.allSatisfy({ ByteSet.letters.contains($0) }), labels.dropLast().allSatisfy({ !$0.isEmpty }),
      !(position - start == 3 && text.hasWord("git", at: start))
    else { return nil }
    let addressEnd = labels.last?.isEmpty == true ? end - 1 : end
    return Finding(start..<addressEnd, replacement: "<email>")
  }

  private static let local = ByteSet("0-9a-zA-Z._%+-")
  private static let domain = ByteSet("0-9a-zA-Z.-")

  /// The home directory that begins at `position`, whose byte is a slash.
  func homeDirectory(at position: Int) -> Finding? {
    guard !text.has(.name, at: position - 1) || text.endsEscape(before: position) else { return nil }
    if let home, text.has(home, at: position), !text.has(.name, at: position + home.count) {
      return Finding(position..<position + home.count, replacement: "~")
    }
    for parent in Self.parents where text.has(parent, at: position) {
      return user(from: position, at: position + parent.utf8CodeUnitCount)
    }
    return nil
  }

  /// The home directory on Windows whose drive's colon stands at `position`.
  func windowsHome(at position: Int) -> Finding? {
    guard text.has(.letters, at: position - 1), text.beginsWord(at: position - 1) else { return nil }
    let users = text.end(of: Self.slashes, from: position + 1, limit: 16)
    guard users > position + 1, text.hasWord("users", at: users) else { return nil }
    let name = text.end(of: Self.slashes, from: users + 5, limit: 16)
    return name > users + 5 ? user(from: position - 1, at: name) : nil
  }

  private func user(from start: Int, at name: Int) -> Finding? {
    var end = name
    while let byte = text[end], !Self.nameStops.contains(byte) { end += 1 }
    return end > name ? Finding(start..<end, replacement: "~") : nil
  }

  private static let parents: [StaticString] = ["/home/", "/Users/"]
  private static let slashes = ByteSet("/\\")
  private static let nameStops = ByteSet("/\\ \t\r\n\"'`:,;()[]{}<>|&$*?!=")
}
