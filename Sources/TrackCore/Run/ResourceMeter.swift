/// Measures what a program uses, from its start on.
///
/// While it runs `/proc` is sampled; what it used in all is what `wait4(2)` tells of it and of those it waited for. What
/// was read and written comes from `/proc/self/io`, to which the kernel adds what a child did when it is waited for.
struct ResourceMeter {
  private let began: Duration
  private var peakMemory: Int64 = 0
  private var last: (time: Duration, cpuSeconds: Double)
  private let before: ResourceUse.Transfer?
  /// What this process itself did meanwhile.
  private var own = ResourceUse.Transfer()

  /// Begins right before the program is started.
  init() {
    began = MonotonicClock.now
    last = (began, 0)
    before = ProcessTree.transfer(of: "self")
  }

  /// How long it has run.
  var elapsed: Duration { MonotonicClock.now - began }

  /// Does work of our own, which is not the program's.
  mutating func excluding<Value>(_ body: () -> Value) -> Value {
    guard let begin = ProcessTree.transfer(of: "self") else { return body() }
    let value = body()
    if let end = ProcessTree.transfer(of: "self") { own = own + (end - begin) }
    return value
  }

  /// Looks how much memory it has in use now.
  mutating func look(at pid: Int32) { peakMemory = max(peakMemory, ProcessTree(of: pid).memory) }

  /// What it has used by now: the percentage is that of the time since this was last asked for.
  mutating func sample(of pid: Int32) -> ResourceUse {
    let tree = ProcessTree(of: pid)
    let now = MonotonicClock.now
    let percent = Self.percent(tree.cpuSeconds - last.cpuSeconds, of: now - last.time)
    last = (now, tree.cpuSeconds)
    peakMemory = max(peakMemory, tree.memory)
    return ResourceUse(
      cpuSeconds: Self.rounded(tree.cpuSeconds), cpuPercent: percent, peakMemory: peakMemory, transfer: tree.transfer)
  }

  /// What it used, now that it has been waited for.
  ///
  /// The peak of memory is the larger of what one process had, which the kernel knows, and what all of them had at a beat.
  func total(_ usage: Child.Usage) -> ResourceUse {
    let after = ProcessTree.transfer(of: "self")
    let transfer = after.flatMap { after in before.map { after - $0 - own } }
    return ResourceUse(
      cpuSeconds: Self.rounded(usage.cpuSeconds), cpuPercent: Self.percent(usage.cpuSeconds, of: elapsed),
      peakMemory: max(peakMemory, usage.peakMemory), contextSwitches: usage.contextSwitches, transfer: transfer)
  }

  private static func percent(_ cpuSeconds: Double, of time: Duration) -> Double {
    time > .zero ? rounded(max(0, cpuSeconds) / time.seconds * 100) : 0
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

extension SelfReport {
  /// What a program uses, as a report.
  init(_ use: ResourceUse) {
    self.init(kind: .resourceUsage)
    cpuPercent = use.cpuPercent
    memoryMB = Double(use.peakMemory / 1024) / 1024
    diskIOMB = use.transfer.map { Double(($0.readFromDisk + $0.writtenToDisk) / 1024) / 1024 }
    fields = use.object
    fields[WireKey.cpuPercent] = nil
  }
}
