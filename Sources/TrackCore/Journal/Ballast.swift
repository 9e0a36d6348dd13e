/// Room kept for the endings on a full disk: a file whose bytes are given up when an ending finds no space.
enum Ballast {
  private static let name = "ballast"
  private static let size = 64 * 1024
  private static let text = Array("Room for the endings of executions on a full disk; made anew by track-sweep.\n".utf8)

  /// Makes the ballast unless it is there; a disk without room for it has none.
  static func keep(in state: borrowing Directory) {
    if let status = try? state.status(name), status.size == size { return }
    // Text instead of zeros, which some file systems store in no space at all.
    let bytes = (0..<size).map { text[$0 % text.count] }
    do {
      try state.remove(name)
      try state.create(name, bytes)
    } catch {
      try? state.remove(name)
    }
  }

  /// Gives the room up.
  /// - Returns: whether there was any.
  static func release(in state: borrowing Directory) -> Bool {
    guard let file = try? state.file(name, .readWrite), let status = try? file.status(),
      status.kind == .regular, status.size > 0
    else { return false }
    do { try file.truncate(to: 0) } catch { return false }
    return true
  }
}
