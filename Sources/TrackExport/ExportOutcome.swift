package import TrackCore

/// What came of an export, in numbers.
package struct ExportTally: Hashable, Sendable {
  /// Executions that were written.
  package var written = 0
  /// Executions that have not ended, so that there is nothing to write of them yet.
  package var open = 0
  /// Lines that are no JSON object, or too long to be read.
  package var skipped = 0
}

/// Why there is no export.
package enum ExportFailure: Error {
  /// A log cannot be read: half of it would be taken for all.
  case reading(String, SystemError)
  /// The output cannot be written.
  case writing(SystemError)
  /// The mark of the last run cannot be used.
  case mark(path: String, reason: String)
  /// The mark of this run cannot be written: the next one will write the same again.
  case markNotWritten(path: String, SystemError)
  /// Another export with a mark of the same format is under way.
  case busy
}
