/// Something in `droid-forge.yaml` that is not what it must be.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as the caller named it.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in characters, from 1.
  public let column: Int
  /// The key with its parents, joined by dots; empty when the file as a whole is meant.
  public let keyPath: String
  /// What is there.
  public let found: String
  /// What should be there; empty when nothing can stand in its place.
  public let expected: String

  /// One line for a person, such as `droid-forge.yaml:295:22: a.b: expected a duration, found 'soon'`.
  ///
  /// Text of the file stands in it bounded and with everything escaped that could act on a terminal.
  public var description: String {
    let place = "\(excerpt(file, maximumLength: 1024)):\(line):\(column): "
    let key = keyPath.isEmpty ? "" : excerpt(keyPath, maximumLength: 128) + ": "
    return place + key + (expected.isEmpty ? found : "expected \(expected), found \(found)")
  }
}
