extension Journal {
  /// Runs `body` with the log directory's path while no line is being written; nil when there is no journal.
  ///
  /// Changes nothing but that the lock's file is there.
  /// - Throws: `JournalError.lockTimeout`.
  package func whileStill<Value>(_ body: (String) throws(SystemError) -> Value) throws(JournalError) -> Value? {
    guard let log = try existingLog() else { return nil }
    let lock: FileLock?
    do {
      lock = try FileLock.acquire("journal\(configuration.locking.lockExtension)", in: log.state, wait: wait)
    } catch {
      throw .fileSystem(verb: "lock", path: log.state.path, error)
    }
    guard let lock else { throw .lockTimeout(reason: "it is held by another process") }
    let value: Value
    do { value = try body(log.directory.path) } catch {
      throw .fileSystem(verb: "read", path: log.directory.path, error)
    }
    lock.release()
    return value
  }
}

extension Journal {
  /// Whether the configuration has results recorded.
  package var recordsResults: Bool {
    configuration.logging.events.map { $0.contains(EventType.result) } ?? true
  }
}
