/// What a program and those it started used, from its start to a moment of it or to its end.
public struct ResourceUse: Hashable, Sendable {
  /// Time on all processors, in seconds.
  public var cpuSeconds: Double
  /// The same in percent of one core over the time it covers.
  public var cpuPercent: Double
  /// The most memory seen in use, in bytes.
  public var peakMemory: Int64
  /// How often processors were taken from it or given back by it; nil while it runs.
  public var contextSwitches: Int64?
  /// What was read and written; nil where the kernel does not tell.
  public var transfer: Transfer?

  /// Bytes read and written (proc_pid_io(5)).
  public struct Transfer: Hashable, Sendable {
    /// By system calls, whatever was read: files, pipes, terminals.
    public var read: Int64
    /// By system calls, whatever was written.
    public var written: Int64
    /// From disks.
    public var readFromDisk: Int64
    /// To disks, as far as it was not taken back before it got there.
    public var writtenToDisk: Int64

    /// Makes a transfer of its parts.
    public init(read: Int64 = 0, written: Int64 = 0, readFromDisk: Int64 = 0, writtenToDisk: Int64 = 0) {
      self.read = read
      self.written = written
      self.readFromDisk = readFromDisk
      self.writtenToDisk = writtenToDisk
    }
  }

  /// Makes a use of its parts.
  public init(
    cpuSeconds: Double, cpuPercent: Double, peakMemory: Int64, contextSwitches: Int64? = nil, transfer: Transfer? = nil
  ) {
    self.cpuSeconds = cpuSeconds
    self.cpuPercent = cpuPercent
    self.peakMemory = peakMemory
    self.contextSwitches = contextSwitches
    self.transfer = transfer
  }
}

extension ResourceUse.Transfer {
  static func + (left: Self, right: Self) -> Self {
    Self(
      read: left.read + right.read, written: left.written + right.written,
      readFromDisk: left.readFromDisk + right.readFromDisk, writtenToDisk: left.writtenToDisk + right.writtenToDisk)
  }

  /// The difference of two readings; never negative.
  static func - (left: Self, right: Self) -> Self {
    Self(
      read: max(0, left.read - right.read), written: max(0, left.written - right.written),
      readFromDisk: max(0, left.readFromDisk - right.readFromDisk),
      writtenToDisk: max(0, left.writtenToDisk - right.writtenToDisk))
  }
}
