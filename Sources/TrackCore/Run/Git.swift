import Glibc

/// Git in a directory, by its plumbing: metadata only, never contents, and nothing is written.
///
/// A file whose content git has to compare goes through the repository's own filters (gitattributes(5)), as with any
/// `git status`: those of large files would else all seem to have changed.
struct Git {
  private let signals: SignalState
  private let environment: [[UInt8]]
  /// The root of the working tree.
  let root: String

  /// The most that is read of an answer.
  private static let maximumAnswer = 64 << 20

  /// Opens the repository that the working directory is in; nil when there is none, or no git.
  init?(environment: [[UInt8]], signals: SignalState) {
    self.environment = environment
    self.signals = signals
    guard let answer = Self.ask(["rev-parse", "--show-toplevel"], [], environment, signals) else { return nil }
    root = String(decoding: answer.split(separator: UInt8(ascii: "\n")).first ?? [], as: UTF8.self)
    guard !root.isEmpty else { return nil }
  }

  /// What git answers; nil when it fails.
  func ask(_ words: [String], input: [UInt8] = []) -> [UInt8]? { Self.ask(words, input, environment, signals) }

  private static func ask(
    _ words: [String], _ input: [UInt8], _ environment: [[UInt8]], _ signals: SignalState
  ) -> [UInt8]? {
    // No lock that the work could meet, and no monitor of files that would be started and stay.
    let all = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false"] + words
    var program = Program(arguments: all.map { Array($0.utf8) }, environment: environment, signals: signals)
    let null = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return nil }
    let nothing = Handle(adopting: null)
    guard let (reading, writing) = pipe() else { return nil }
    let answer = Handle(adopting: reading)
    let output = Handle(adopting: writing)
    (program.input, program.output, program.error) = (nothing.descriptor, output.descriptor, nothing.descriptor)
    let bytes: [UInt8]?
    let child: Child
    do throws(SystemError) {
      if input.isEmpty {
        child = try program.start()
      } else {
        guard let (source, sink) = pipe() else { return nil }
        let reading = Handle(adopting: source)
        let writing = Handle(adopting: sink)
        program.input = reading.descriptor
        child = try program.start()
        try? reading.close()
        // Git reads all of it before it answers.
        try? writing.write(input)
      }
    } catch { return nil }
    try? output.close()
    bytes = try? answer.readStream(maximum: maximumAnswer)
    try? answer.close()
    return child.end() == .exited(0) ? bytes : nil
  }
}
