import Glibc

/// A process and all below it, as `/proc` tells of them at one moment.
///
/// What ended and was waited for is counted with who waited for it; a process that was left behind by its parent belongs
/// to the tree no longer.
struct ProcessTree: Hashable {
  /// Time on all processors, in seconds.
  private(set) var cpuSeconds = 0.0
  /// The sum of the resident sets, in bytes; shared pages count for each.
  private(set) var memory: Int64 = 0
  /// What was read and written; nil where the kernel does not tell.
  private(set) var transfer: ResourceUse.Transfer?
  /// How many processes there are.
  private(set) var count = 0

  /// More than this many are not looked at: a tree that grows as fast as it is walked would never be done.
  private static let limit = 4096

  /// Looks at the tree below and including `root`.
  init(of root: Int32) {
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
    var waiting = [root]
    while let pid = waiting.popLast(), count < Self.limit {
      guard let stat = try? ProcFile.bytes("/proc/\(pid)/stat") else { continue }
      let fields = ProcessStat.fields(stat)
      guard fields.count > 21 else { continue }
      count += 1
      func field(_ number: Int) -> Int64 { Int64(String(decoding: fields[number - 3], as: UTF8.self)) ?? 0 }
      // Of itself and of what it has waited for.
      cpuSeconds += Double((14...17).reduce(0) { $0 + field($1) }) / ticks
      memory += field(24) * page
      if let own = Self.transfer(of: "\(pid)") { transfer = (transfer ?? ResourceUse.Transfer()) + own }
      waiting += Self.children(of: pid)
    }
  }

  /// What a process, `self` or a pid, has read and written, with what it has waited for.
  static func transfer(of process: String) -> ResourceUse.Transfer? {
    guard let text = try? ProcFile.text("/proc/\(process)/io") else { return nil }
    var values: [Substring: Int64] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: ":")
      if words.count == 2 { values[words[0]] = Int64(words[1].drop { $0 == " " }) }
    }
    guard let read = values["rchar"], let written = values["wchar"] else { return nil }
    return ResourceUse.Transfer(
      read: read, written: written, readFromDisk: values["read_bytes"] ?? 0,
      writtenToDisk: max(0, (values["write_bytes"] ?? 0) - (values["cancelled_write_bytes"] ?? 0)))
  }

  /// The children of a process: each belongs to the thread that started it.
  private static func children(of pid: Int32) -> [Int32] {
    guard let tasks = try? Directory(path: "/proc/\(pid)/task"), let threads = try? tasks.names() else { return [] }
    return threads.flatMap { thread -> [Int32] in
      guard let list = try? ProcFile.bytes("/proc/\(pid)/task/\(thread)/children", maximum: 32 * 1024) else {
        return []
      }
      return list.split(separator: UInt8(ascii: " ")).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
    }
  }
}
