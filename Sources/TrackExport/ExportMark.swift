import TrackCore

/// What an export with `--since-last` leaves for the next one: how far each file was read, which executions are held, and
/// which were written.
///
/// Lines of JSON: the head with the places, a line for each execution that is held, and an end, without which the mark is
/// not whole.
struct ExportMark {
  var places: [LogPlace] = []
  var fold = ExecutionFold()

  private static let format = 1
  /// The longest mark that is read.
  private static let maximumLength = 256 << 20

  /// The name of the mark of a format in the state directory.
  static func name(_ format: ExportFormat) -> String { "export-\(format.rawValue).mark" }

  /// Begins with nothing read.
  init() {}

  /// Reads a mark; one that is missing begins with nothing read.
  /// - Throws: what is wrong with it.
  init(path: String) throws(Unusable) {
    let bytes: [UInt8]
    do throws(SystemError) { bytes = try Path.contents(of: path, maximum: Self.maximumLength) } catch {
      guard error.isAbsence else { throw Unusable(reason: error.message) }
      self.init()
      return
    }
    try self.init(bytes: bytes)
  }

  /// Reads a mark.
  /// - Throws: what is wrong with it.
  init(bytes: [UInt8]) throws(Unusable) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    var held: [String: HeldExecution] = [:]
    guard let head = lines.first.flatMap({ try? JSONParser.object(Array($0)) }), lines.count >= 2,
      head.integer(Key.format) == Self.format, let end = lines.last.flatMap({ try? JSONParser.object(Array($0)) }),
      end.integer(Key.count) == lines.count - 2, let places = head.places
    else { throw Unusable(reason: "it is damaged, or of another version") }
    for line in lines.dropFirst().dropLast() {
      guard let object = try? JSONParser.object(Array(line)), let (id, execution) = object.heldExecution else {
        throw Unusable(reason: "it is damaged")
      }
      held[id] = execution
    }
    self.places = places
    fold = ExecutionFold(
      held: held,
      ended: EndedExecutions(
        all: head.generations(Key.young, Key.old), divided: head.generations(Key.dividedYoung, Key.dividedOld)))
  }

  /// Why a mark cannot be used.
  struct Unusable: Error {
    let reason: String
  }

  fileprivate enum Key {
    static let format = "format"
    static let files = "files"
    static let offset = "offset"
    static let head = "head"
    static let block = "block"
    static let young = "young"
    static let old = "old"
    static let dividedYoung = "divided_young"
    static let dividedOld = "divided_old"
    static let start = "start"
    static let ending = "ending"
    static let reports = "reports"
    static let dropped = "dropped"
    static let count = "count"
  }

  /// The mark as bytes.
  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.key(Key.format)
      json.integer(Self.format)
      json.key(Key.files)
      json.array { json in for place in places { json.place(place) } }
      json.hashes(Key.young, fold.ended.all.young)
      json.hashes(Key.old, fold.ended.all.old)
      json.hashes(Key.dividedYoung, fold.ended.divided.young)
      json.hashes(Key.dividedOld, fold.ended.divided.old)
    }
    writer.endLine()
    // What has no start is not waited for any longer than the run that met it.
    let held = fold.held.filter { $0.value.start != nil }
    for execution in held.values {
      writer.held(execution)
      writer.endLine()
    }
    writer.object { json in
      json.key(Key.count)
      json.integer(held.count)
    }
    writer.endLine()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func place(_ place: LogPlace) {
    object { json in
      json.key(ExportMark.Key.offset)
      json.integer(place.offset)
      json.key(ExportMark.Key.head)
      json.string(hexadecimal(place.head, digits: 16))
      json.key(ExportMark.Key.block)
      json.string(hexadecimal(place.block, digits: 16))
    }
  }

  fileprivate mutating func hashes(_ name: String, _ hashes: Set<UInt64>) {
    key(name)
    array { json in for hash in hashes { json.string(hexadecimal(hash, digits: 16)) } }
  }

  fileprivate mutating func held(_ execution: HeldExecution) {
    object { json in
      for (name, record) in [(ExportMark.Key.start, execution.start), (ExportMark.Key.ending, execution.ending)] {
        guard let record else { continue }
        json.key(name)
        json.value(.object(record.fields))
      }
      json.key(ExportMark.Key.reports)
      json.array { json in for report in execution.reports { json.value(.object(report.fields)) } }
      json.key(ExportMark.Key.dropped)
      json.integer(execution.dropped)
    }
  }
}

extension JSONObject {
  fileprivate var places: [LogPlace]? {
    guard case .array(let elements)? = self[ExportMark.Key.files] else { return nil }
    var places: [LogPlace] = []
    for element in elements {
      guard case .object(let object) = element,
        let offset = object.integer(ExportMark.Key.offset, as: Int64.self), offset >= 0,
        let head = object.text(ExportMark.Key.head).flatMap({ UInt64($0, radix: 16) }),
        let block = object.text(ExportMark.Key.block).flatMap({ UInt64($0, radix: 16) })
      else { return nil }
      places.append(LogPlace(offset: offset, head: head, block: block))
    }
    return places
  }

  fileprivate func generations(_ young: String, _ old: String) -> EndedExecutions.Generations {
    EndedExecutions.Generations(young: hashes(young), old: hashes(old))
  }

  private func hashes(_ key: String) -> Set<UInt64> {
    guard case .array(let elements)? = self[key] else { return [] }
    return Set(
      elements.compactMap { element in
        if case .string(let text) = element { UInt64(text, radix: 16) } else { nil }
      })
  }

  fileprivate var heldExecution: (id: String, execution: HeldExecution)? {
    guard let start = object(ExportMark.Key.start).map({ EventRecord(fields: $0) }), let id = start.execution,
      start.timestamp != nil, case .array(let elements)? = self[ExportMark.Key.reports],
      let dropped = integer(ExportMark.Key.dropped, as: Int.self), (0...Int(Int32.max)).contains(dropped)
    else { return nil }
    let reports = elements.compactMap { element -> EventRecord? in
      if case .object(let fields) = element { EventRecord(fields: fields) } else { nil }
    }
    let ending = object(ExportMark.Key.ending).map { EventRecord(fields: $0) }
    return (id, HeldExecution(start: start, ending: ending, reports: reports, dropped: dropped))
  }
}
