extension ResourceUse {
  /// The use as an object.
  var object: JSONObject {
    var object = JSONObject()
    object[WireKey.cpuSeconds] = JSONNumber(cpuSeconds).map { .number($0) }
    object[WireKey.cpuPercent] = JSONNumber(cpuPercent).map { .number($0) }
    object[WireKey.peakMemoryBytes] = .number(JSONNumber(peakMemory))
    object[WireKey.contextSwitches] = contextSwitches.map { .number(JSONNumber($0)) }
    if let transfer {
      object[WireKey.readBytes] = .number(JSONNumber(transfer.read))
      object[WireKey.writtenBytes] = .number(JSONNumber(transfer.written))
      object[WireKey.diskReadBytes] = .number(JSONNumber(transfer.readFromDisk))
      object[WireKey.diskWrittenBytes] = .number(JSONNumber(transfer.writtenToDisk))
    }
    return object
  }

  /// Reads an object; nil when it is none of ours.
  init?(_ object: JSONObject) {
    guard let cpuSeconds = object.number(WireKey.cpuSeconds), let cpuPercent = object.number(WireKey.cpuPercent),
      let peakMemory = object.integer(WireKey.peakMemoryBytes, as: Int64.self)
    else { return nil }
    self.init(
      cpuSeconds: cpuSeconds, cpuPercent: cpuPercent, peakMemory: peakMemory,
      contextSwitches: object.integer(WireKey.contextSwitches), transfer: Transfer(object))
  }
}

extension ResourceUse.Transfer {
  fileprivate init?(_ object: JSONObject) {
    guard let read = object.integer(WireKey.readBytes, as: Int64.self),
      let written = object.integer(WireKey.writtenBytes, as: Int64.self),
      let readFromDisk = object.integer(WireKey.diskReadBytes, as: Int64.self),
      let writtenToDisk = object.integer(WireKey.diskWrittenBytes, as: Int64.self)
    else { return nil }
    self.init(read: read, written: written, readFromDisk: readFromDisk, writtenToDisk: writtenToDisk)
  }
}
