package import TrackCore

// Figures as JSON, and back. Numbers stand in arrays, in the order of the code, so that a year of figures stays small.

extension PrunedHistory {
  /// The figures as they stand among the aggregates.
  var value: JSONValue {
    .array(
      records.map { record in
        var object = JSONObject()
        object["from"] = record.span.map { .string($0.lowerBound.description) }
        object["to"] = record.span.map { .string($0.upperBound.description) }
        for member in record.figures.object.members { object[member.key] = member.value }
        return .object(object)
      })
  }

  /// Reads figures; nil when they are damaged, none where there are none.
  package init?(_ value: JSONValue) {
    if value == .null {
      self.init()
      return
    }
    guard case .array(let elements) = value else { return nil }
    var records: [Record] = []
    for element in elements {
      guard case .object(let object) = element, let figures = PrunedFigures(object) else { return nil }
      var record = Record(span: nil, figures: figures)
      if let from = object.time("from"), let to = object.time("to"), from <= to { record.span = from...to }
      records.append(record)
    }
    self.init(records: records)
  }
}

extension PrunedFigures {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object["executions"] = numbers(tally.figures + [withoutStart, surplusEndings])
    object["sessions"] = sessions.first.map { .object($0.object) }
    object["first"] = first.map { .string($0.description) }
    object["last"] = last.map { .string($0.description) }
    object["results"] = numbers(results.list)
    object["categories"] = members(categories) { numbers($0.list) }
    object["problems"] = members(problems) { integer($0) }
    object["reasons"] = members(reasons) { integer($0) }
    object["errors"] = members(errors) { integer($0) }
    object["events"] = members(eventTypes) { integer($0) }
    object["reports"] = members(reportKinds) { integer($0) }
    object["hours"] = members(Dictionary(uniqueKeysWithValues: hours.map { ("\($0.key)", $0.value) })) {
      numbers(Array($0.list.prefix(6)))
    }
    object["droids"] = members(droids) { .object($0.object) }
    object["tasks"] = members(tasks) { .object($0.object) }
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    self.init()
    guard let executions = object.numbers("executions"), executions.count == 9,
      let sessions = object.sessions,
      let results = object.numbers("results"), results.count == 4,
      let categories = object.members("categories", { $0.numbers.flatMap { SIMD4(list: $0) } }),
      let problems = object.members("problems", \.count), let reasons = object.members("reasons", \.count),
      let errors = object.members("errors", \.count), let events = object.members("events", \.count),
      let reports = object.members("reports", \.count),
      let hours = object.members("hours", { $0.numbers.flatMap { Hour(list: $0) } }),
      let droids = object.members("droids", { $0.members.flatMap { Droid($0) } }),
      let tasks = object.members("tasks", { $0.members.flatMap { Task($0) } })
    else { return nil }
    (tally, self.sessions) = (Tally(executions), sessions)
    (withoutStart, surplusEndings) = (executions[7], executions[8])
    self.results = SIMD4(results)
    (self.categories, self.problems, self.reasons, self.errors) = (categories, problems, reasons, errors)
    (eventTypes, reportKinds, self.droids, self.tasks) = (events, reports, droids, tasks)
    for (key, value) in hours {
      guard let hour = Int64(key) else { return nil }
      self.hours[hour] = value
    }
    (first, last) = (object.time("first"), object.time("last"))
  }
}

extension PrunedFigures.Droid {
  fileprivate var object: JSONObject {
    var object: JSONObject = ["executions": numbers(tally.figures), "reports": numbers([selfReports, auditNotes])]
    if durations.count != 0 {
      object["durations"] = durations.value
      object["bins"] = numbers(bins)
    }
    object["seen"] = lastSeen.map { .string($0.description) }
    if resources.contains(where: { $0.count != 0 }) { object["resources"] = .array(resources.map(\.value)) }
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    self.init()
    guard let tally = object.numbers("executions"), let reports = object.numbers("reports"), reports.count == 2 else {
      return nil
    }
    self.tally = Tally(tally)
    (selfReports, auditNotes) = (reports[0], reports[1])
    lastSeen = object.time("seen")
    if let value = object["durations"] {
      guard let durations = DurationFigures(value), let bins = object.numbers("bins"), bins.count == self.bins.count
      else { return nil }
      (self.durations, self.bins) = (durations, bins)
    }
    if case .array(let values)? = object["resources"] {
      let figures = values.compactMap { DurationFigures($0) }
      guard figures.count == resources.count else { return nil }
      resources = figures
    }
  }
}

extension PrunedFigures.Task {
  fileprivate var object: JSONObject {
    var object: JSONObject = [
      "executions": numbers(tally.figures), "droids": .array(droids.sorted().map { .string($0) }),
      "outcome": integer(Int(lastOutcome.rawValue)),
    ]
    if durations.count != 0 { object["durations"] = durations.value }
    object["started"] = lastStarted.map { .string($0.description) }
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    self.init()
    guard let tally = object.numbers("executions"), case .array(let names)? = object["droids"] else { return nil }
    self.tally = Tally(tally)
    droids = Set(names.compactMap { if case .string(let name) = $0 { name } else { nil } })
    lastStarted = object.time("started")
    lastOutcome =
      object["outcome"]?.count.flatMap { UInt8(exactly: $0) }.flatMap { TrackedExecution.Outcome(rawValue: $0) }
      ?? .open
    if let value = object["durations"] {
      guard let durations = DurationFigures(value) else { return nil }
      self.durations = durations
    }
  }
}

extension DurationFigures {
  /// The sum in nanoseconds, the maximum, and the sketch.
  fileprivate var value: JSONValue {
    .array([.string(sum.text), number(maximum), numbers(sketch.stored)])
  }

  fileprivate init?(_ value: JSONValue) {
    self.init()
    guard case .array(let parts) = value, parts.count == 3, case .string(let text) = parts[0],
      let sum = ExactSum(text: text), case .number(let maximum) = parts[1], maximum.double.isFinite,
      let stored = parts[2].numbers, let sketch = LogSketch(stored: stored)
    else { return nil }
    (self.sum, self.maximum, self.sketch) = (sum, maximum.double, sketch)
  }
}

private func numbers(_ values: [Int]) -> JSONValue { .array(values.map { integer($0) }) }

private func members<Value>(_ values: [String: Value], _ value: (Value) -> JSONValue) -> JSONValue {
  .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) }))
}

extension JSONValue {
  fileprivate var count: Int? { if case .number(let number) = self { Int(number.text) } else { nil } }

  fileprivate var numbers: [Int]? {
    guard case .array(let elements) = self else { return nil }
    let numbers = elements.compactMap(\.count)
    return numbers.count == elements.count ? numbers : nil
  }

  fileprivate var members: JSONObject? { if case .object(let object) = self { object } else { nil } }
}

extension JSONObject {
  /// The figures of sessions, of which earlier versions kept the tally alone; nil when they are damaged.
  fileprivate var sessions: [PrunedFigures]? {
    guard let value = self["sessions"] else { return [] }
    var figures = PrunedFigures()
    if let tally = value.numbers, tally.count == 7 {
      figures.tally = Tally(tally)
      return figures.tally == Tally() ? [] : [figures]
    }
    return value.members.flatMap { PrunedFigures($0) }.map { [$0] }
  }

  fileprivate func numbers(_ key: String) -> [Int]? { self[key]?.numbers }

  fileprivate func time(_ key: String) -> Timestamp? { text(key).flatMap { Timestamp($0) } }

  /// The members of the object at `key`; nil when one of them is not what it must be.
  fileprivate func members<Value>(_ key: String, _ value: (JSONValue) -> Value?) -> [String: Value]? {
    guard case .object(let object)? = self[key] else { return nil }
    var values: [String: Value] = [:]
    for member in object.members {
      guard let value = value(member.value) else { return nil }
      values[member.key] = value
    }
    return values
  }
}

extension SIMD where Scalar == Int {
  fileprivate var list: [Int] { indices.map { self[$0] } }

  /// Takes the numbers of a list that is not longer; the others are 0.
  fileprivate init?(list: [Int]) {
    self.init()
    guard list.count <= scalarCount else { return nil }
    for (place, value) in list.enumerated() { self[place] = value }
  }
}
