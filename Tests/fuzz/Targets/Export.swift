@testable import TrackCore
@testable import TrackExport

/// Whatever lines a log holds, traces are JSON, no span ends before it begins, and a mark goes on where it stopped.
func fuzzExport(_ bytes: [UInt8]) {
  var fold = ExecutionFold()
  var finished: [FinishedExecution] = []
  for line in bytes.split(separator: UInt8(ascii: "\n")) {
    guard let record = try? EventRecord(line: Array(line)) else { continue }
    finished += fold.take(record)
  }
  finished += fold.finish()
  for execution in finished {
    demand(0 <= execution.begin && execution.begin <= execution.end, "\(execution.begin) to \(execution.end)")
    demand(
      execution.reports.allSatisfy { (execution.begin...execution.end).contains($0.time) }, "a report lies outside")
  }
  demandJSON(finished, OTLPWriter(version: "0"))
  demandJSON(finished, PerfettoWriter())
  demandMark(fold)
}

/// Each line of OTLP, and a trace as a whole, is JSON without raw control characters.
private func demandJSON(_ executions: [FinishedExecution], _ writer: any TraceWriter) {
  var writer = writer
  var bytes = writer.head
  for execution in executions { bytes += writer.write(execution) }
  bytes += writer.tail()
  demand(bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }, "a raw control character")
  let documents = writer is OTLPWriter ? bytes.split(separator: UInt8(ascii: "\n")) : [bytes[...]]
  for document in documents {
    let value = try? JSONParser.value(Array(document))
    demand(value != nil, "no JSON: \(String(decoding: document, as: UTF8.self))")
  }
}

private func demandMark(_ fold: ExecutionFold) {
  var mark = ExportMark()
  mark.fold = fold
  let written = mark.bytes
  do {
    let again = try ExportMark(bytes: written)
    let expected = fold.held.filter { $0.value.start != nil }.keys.sorted()
    demand(again.fold.held.keys.sorted() == expected, "other executions are held")
    demand(again.fold.openCount == fold.openCount, "others are open")
    demand(again.fold.ended.all.young == fold.ended.all.young, "others were written")
    demand(again.fold.ended.divided.young == fold.ended.divided.young, "others are remembered as divided")
  } catch {
    demand(false, "the mark is not readable: \(String(decoding: written, as: UTF8.self))")
  }
}
