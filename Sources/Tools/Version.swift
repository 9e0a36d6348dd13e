/// The version of the tools.
enum Version {
  static let text = "0.1.0"
}
