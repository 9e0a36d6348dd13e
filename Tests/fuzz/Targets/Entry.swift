import Glibc

/// What is done with an input; it returns when all that must hold does.
typealias Target = @Sendable ([UInt8]) -> Void

private let targets: [String: Target] = [
  "configuration": fuzzConfiguration,
  "json": fuzzJSON,
  "event": fuzzEvent,
  "export": fuzzExport,
  "scan": fuzzScan,
  "hook": fuzzHook,
  "line": fuzzLine,
  "ledger": fuzzLedger,
  "request": fuzzRequest,
  "trace": fuzzTrace,
  "values": fuzzValues,
  "privacy": fuzzPrivacy,
]

/// The target that `FUZZ_TARGET` names; one program holds all of them, as building is what takes time.
private let target: Target = {
  let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
  if let target = targets[name] { return target }
  say("fuzz: FUZZ_TARGET names none of \(targets.keys.sorted().joined(separator: " "))")
  exit(64)
}()

/// Called by libFuzzer before all else; as `json-lines` the program is a filter, and never comes back.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  if unsafe getenv("FUZZ_TARGET").map({ unsafe String(cString: $0) }) == "json-lines" {
    readJSONLines()
    exit(0)
  }
  _ = target
  prepareRules()
  return 0
}

/// Called by libFuzzer with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target(Array(unsafe UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Ends the program in a way that libFuzzer takes for a crash, after saying what did not hold.
func demand(_ condition: Bool, _ what: @autoclosure () -> String) {
  guard !condition else { return }
  say("violated: " + what())
  abort()
}

/// Writes a line to standard error.
func say(_ text: String) {
  let line = Array((text + "\n").utf8)
  _ = unsafe write(2, line, line.count)
}

/// The processor time of this thread, in nanoseconds: waiting for a core does not count.
func processorTime() -> Int64 {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
