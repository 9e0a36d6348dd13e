import CSpawn
import Glibc

/// A program to be started: its words and its environment, byte for byte.
struct Program: Sendable {
  /// The words; the first names the program, which is looked up in PATH when it holds no slash.
  var arguments: [[UInt8]]
  /// The variables, each `NAME=value`.
  var environment: [[UInt8]]
  /// What signals do to it.
  var signals: SignalState
  /// What become its descriptors 0, 1 and 2; nil leaves one as it is.
  var input: Int32?
  var output: Int32?
  var error: Int32?
  /// Whether it leads a process group of its own.
  var hasOwnGroup = false
  /// The terminal whose foreground its group becomes.
  var terminal: Int32?
  /// Whether it dies, by KILL, with the process that started it.
  var diesWithUs = false

  /// Sets a variable, whatever entries of its name there are.
  mutating func set(_ name: String, _ value: String) {
    unset(name)
    environment.append(Array("\(name)=\(value)".utf8))
  }

  /// The value of a variable; of one that is set twice the first counts.
  func value(of name: String) -> String? {
    let head = Array("\(name)=".utf8)
    return environment.first { $0.starts(with: head) }.map { String(decoding: $0.dropFirst(head.count), as: UTF8.self) }
  }

  /// Takes a variable away.
  mutating func unset(_ name: String) {
    let head = Array("\(name)=".utf8)
    environment.removeAll { $0.starts(with: head) }
  }

  /// Starts it.
  func start() throws(SystemError) -> Child {
    var refusal: UnsafeMutablePointer<Int32>?
    var mask = signals.mask
    var ignored = signals.ignored
    let pid = unsafe Self.withPointers(arguments) { arguments in
      unsafe Self.withPointers(environment) { environment in
        unsafe withUnsafePointer(to: &mask) { mask in
          unsafe withUnsafePointer(to: &ignored) { ignored in
            var program = unsafe track_program(
              arguments: arguments, environment: environment, mask: mask, ignored: ignored,
              descriptors: (input ?? -1, output ?? -1, error ?? -1), own_group: hasOwnGroup ? 1 : 0,
              terminal: terminal ?? -1, death_signal: diesWithUs ? SIGKILL : 0)
            return unsafe track_spawn(&program, &refusal)
          }
        }
      }
    }
    guard pid > 0 else { throw SystemError.last("fork") }
    return unsafe Child(pid: pid, refusal: refusal)
  }

  /// Lends `texts` as C has them: a list of strings that ends in NULL.
  private static func withPointers<Value>(
    _ texts: [[UInt8]], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Value
  ) -> Value {
    var offsets: [Int] = []
    var bytes: [CChar] = []
    for text in texts {
      offsets.append(bytes.count)
      bytes += text.map { CChar(bitPattern: $0) }
      bytes.append(0)
    }
    return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      var pointers = unsafe offsets.map { offset in unsafe buffer.baseAddress.map { unsafe $0 + offset } }
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    }
  }
}

/// A process that was started here and is to be waited for.
@safe struct Child: ~Copyable {
  let pid: Int32
  /// Where the reason stands when the program could not be executed; shared with the child.
  private let refusal: UnsafeMutablePointer<Int32>?

  fileprivate init(pid: Int32, refusal: UnsafeMutablePointer<Int32>?) {
    self.pid = pid
    unsafe self.refusal = unsafe refusal
  }

  deinit { unsafe track_forget_refusal(refusal) }

  /// What has become of a child of this process.
  enum Change: Hashable, Sendable {
    case stopped(by: Int32)
    case continued
    case ended(Termination, Usage)
  }

  /// What a child and those it waited for used (getrusage(2)).
  struct Usage: Hashable, Sendable {
    /// Of all processors, in the program and in the kernel.
    var cpuSeconds = 0.0
    /// The largest resident set of one process, in bytes.
    var peakMemory: Int64 = 0
    var contextSwitches: Int64 = 0
  }

  /// What has become of any child of this process, without waiting; nil when there is nothing to tell.
  static func nextChange() -> (pid: Int32, change: Change)? {
    var status: Int32 = 0
    var usage = rusage()
    while true {
      let pid = unsafe wait4(-1, &status, WNOHANG | WUNTRACED | WCONTINUED, &usage)
      if pid > 0 { return (pid, Change(status, Usage(usage))) }
      guard pid < 0, errno == EINTR else { return nil }
    }
  }

  /// Waits until it has ended.
  func end() -> Termination {
    var status: Int32 = 0
    while unsafe wait4(pid, &status, 0, nil) < 0 {
      guard errno == EINTR else { return .exited(127) }
    }
    if case .ended(let termination, _) = Change(status, Usage()) { return termination }
    return .exited(127)
  }

  /// Makes this process the parent of what its children leave behind, or no longer: it is then told when they end.
  static func adoptOrphans(_ isWanted: Bool) { track_adopt_orphans(isWanted ? 1 : 0) }

  /// Whether a process group has members.
  static func groupExists(_ group: Int32) -> Bool { kill(-group, 0) == 0 || errno == EPERM }

  /// Why the program could not be executed; nil when it could.
  ///
  /// To be asked when it has ended.
  func reasonOfRefusal() -> SystemError? {
    guard let code = unsafe refusal?.pointee, code != 0 else { return nil }
    return SystemError(code: code, call: "execve")
  }
}

extension Child.Change {
  /// Reads a wait status (wait(2)); its macros are not imported.
  fileprivate init(_ status: Int32, _ usage: Child.Usage) {
    let low = status & 0x7F
    self =
      if status == 0xFFFF {
        .continued
      } else if status & 0xFF == 0x7F {
        .stopped(by: (status >> 8) & 0xFF)
      } else if low == 0 {
        .ended(.exited((status >> 8) & 0xFF), usage)
      } else {
        .ended(.killed(low), usage)
      }
  }
}

extension Child.Usage {
  fileprivate init(_ usage: rusage) {
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
    cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    peakMemory = Int64(usage.ru_maxrss) * 1024
    contextSwitches = Int64(usage.ru_nvcsw) + Int64(usage.ru_nivcsw)
  }
}
