import Glibc

/// A system call that failed, or what it brought that we refuse.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The errno that tells what kind of failure it is.
  public let code: Int32
  /// The call that failed, such as `open`.
  public let call: String
  private let explanation: String?

  /// Makes an error of an errno; `explanation` says more than the errno's own text where there is more to say.
  public init(code: Int32, call: String, explanation: String? = nil) {
    self.code = code
    self.call = call
    self.explanation = explanation
  }

  /// The reason in words, for the end of a message.
  public var message: String {
    explanation ?? (unsafe String(cString: strerror(code)))
  }

  /// The reason and the call.
  public var description: String { "\(message) (\(call))" }

  /// Whether a file or stream was larger than its reader takes.
  package var isTooLarge: Bool { code == EFBIG }
  /// Whether there is no such file.
  package var isAbsence: Bool { code == ENOENT }
  /// Whether a name is taken that was to be free, or a directory holds something that was to be empty.
  var isOccupied: Bool { code == EEXIST || code == ENOTEMPTY }
  /// Whether there is no room.
  var isNoSpace: Bool { code == ENOSPC || code == EDQUOT }
  /// Whether we may not.
  package var isRefusal: Bool { code == EACCES || code == EPERM }
  /// Whether a file can never be read as it is: it may not be, its content is damaged, or it holds more than anybody takes.
  var isLasting: Bool { isRefusal || code == EUCLEAN || isTooLarge }
  /// Whether the name leads to something that cannot be opened as asked: a link, a FIFO, a directory, a device.
  package var isWrongKind: Bool { [ELOOP, ENXIO, EISDIR, ENOTDIR, EINVAL, ENODEV].contains(code) }
  /// Whether the path leads where we may not or cannot go.
  var isOutOfReach: Bool { [EACCES, EPERM, ELOOP, ENAMETOOLONG].contains(code) }
  /// Whether the file system cannot be written to at all.
  var isReadOnly: Bool { code == EROFS }

  /// What is gone.
  static func absent() -> SystemError { SystemError(code: ENOENT, call: "open") }

  /// What could be opened, but is not to be.
  static func refused(_ explanation: String) -> SystemError {
    SystemError(code: EXDEV, call: "open", explanation: explanation)
  }

  /// What is not as its writer left it.
  package static func damaged(_ explanation: String) -> SystemError {
    SystemError(code: EUCLEAN, call: "read", explanation: explanation)
  }

  /// Whether something is not as its writer left it.
  package var isDamage: Bool { code == EUCLEAN }

  /// A file that is another one than a moment ago.
  package static func replaced() -> SystemError {
    SystemError(code: EAGAIN, call: "open", explanation: "it was replaced meanwhile")
  }

  /// The failure of `call` that just happened on this thread.
  package static func last(_ call: String) -> SystemError { SystemError(code: errno, call: call) }
}
