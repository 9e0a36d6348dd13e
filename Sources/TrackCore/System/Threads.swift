import Glibc

/// Threads for work that is cut into pieces.
package enum Threads {
  /// The processors that this process may run on, as `/proc/self/status` tells; 1 when it does not.
  ///
  /// sched_getaffinity(2) would tell the same, but Glibc keeps it from whoever does not ask for GNU extensions.
  package static var processors: Int {
    guard let status = try? ProcFile.text("/proc/self/status"),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
    else { return 1 }
    let mask = line.utf8.drop { $0 != UInt8(ascii: ":") }
    return max(1, mask.reduce(0) { $0 + (hexadecimalDigit($1).map(\.nonzeroBitCount) ?? 0) })
  }

  /// Runs `body` on `count` threads at once, the calling one among them, and waits for all.
  ///
  /// Where threads cannot be had there are fewer, so `body` takes its pieces from a common store.
  package static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    var threads: [pthread_t] = []
    for _ in 1..<max(1, count) {
      var thread = pthread_t()
      let work = unsafe Unmanaged.passRetained(Work(body))
      let result = unsafe pthread_create(&thread, nil, start, work.toOpaque())
      guard result == 0 else {
        unsafe work.release()
        break
      }
      threads.append(thread)
    }
    body()
    for thread in threads { pthread_join(thread, nil) }
  }

  private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument = unsafe argument else { return nil }
    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
    return nil
  }

  /// What a thread is to do, as it passes through pthread_create(3).
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

/// A value that several threads share, and a place to wait for it to change.
///
/// A thread that waits sleeps: more threads than processors must not burn what the others need.
@safe package final class Monitor<Value>: @unchecked Sendable {
  // Safety: `value` is touched only by a thread that holds `mutex`. Both live at addresses of their own, as
  // pthread_mutex_init(3) demands.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var value: Value

  package init(_ value: Value) {
    self.value = value
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe changed.initialize(to: pthread_cond_t())
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe pthread_cond_destroy(changed)
    unsafe mutex.deallocate()
    unsafe changed.deallocate()
  }

  /// Does something with the value while no other thread does; those that wait look at it again afterwards.
  package func with<Result>(_ body: (inout Value) -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(changed)
      unsafe pthread_mutex_unlock(mutex)
    }
    return body(&value)
  }

  /// Waits until the value is as wanted, and does something with it while no other thread does.
  package func when<Result>(_ isWanted: (Value) -> Bool, _ body: (inout Value) -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    while !isWanted(value) { unsafe pthread_cond_wait(changed, mutex) }
    defer {
      unsafe pthread_cond_broadcast(changed)
      unsafe pthread_mutex_unlock(mutex)
    }
    return body(&value)
  }
}
