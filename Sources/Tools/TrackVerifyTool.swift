import ArgumentParser
import TrackCore
import TrackVerify

struct TrackVerifyTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-verify", abstract: "Prove that a journal is as it was written: lines, pairs, streams, seals.",
    discussion: """
      Every line is held to the event schema, each ending to its start, the streams to each other, and the files to the \
      seals that track-sweep --seal wrote. Prints each finding with its place and what to do, and leaves with 1 when \
      there are any; executions that are open are none. Files that are named are looked at line by line alone.

      What a chain of seals proves: that no sealed byte was changed, put in, taken out or moved since it was sealed. What it \
      cannot prove by itself: that the end was not cut off, or all of it written anew, for whoever can write the journal can \
      write seals, too. So keep the output of --head elsewhere, where the droids cannot write (a commit, a mail, another \
      machine), and hold the journal to it with --since. What was written falsely from the start, and what was changed \
      before its first seal, no seal can tell; seal often.
      """,
    version: Version.text)

  @Argument(help: ArgumentHelp("Log files, instead of the project's journal.", valueName: "file"), completion: .file())
  var files: [String] = []
  @OptionGroup var project: ProjectOptions
  @Flag(help: "Only hold the files to the seals.") var seals = false
  @Flag(help: "Print the end of the chain of seals, to be kept elsewhere.") var head = false
  @Option(
    help: ArgumentHelp(
      "Hold the journal to a head that was kept: JSON as --head prints it, or @FILE.", valueName: "head"))
  var since: String?
  @Flag(help: "Derive missing lines from events.ndjson and put damage aside; deletes nothing.") var repair = false

  func run() throws {
    if !files.isEmpty { return try verifyFiles() }
    let journal = try project.journal()
    if head { return try printHead(of: journal) }
    var options = VerifyOptions()
    options.sealsOnly = seals
    options.head = try since.map { try sealHead($0) }
    options.expectsResults = journal.recordsResults
    var verification = try verify(journal, options)
    if repair, let found = verification {
      let report = try journal.repair(missing: found.missing, damaged: found.damagedFiles)
      try tell(report)
      if !report.isEmpty { verification = try verify(journal, options) }
    }
    guard let verification else {
      if !project.quiet { complain("track-verify: there is no journal yet") }
      return
    }
    try tell(verification)
  }

  /// What a look at the journal finds; nil when there is none.
  ///
  /// Its files are opened under the lock, and read without it.
  private func verify(_ journal: Journal, _ options: VerifyOptions) throws -> Verification? {
    let snapshot = try journal.whileStill { (path) throws(SystemError) in try JournalSnapshot(path) }
    guard let snapshot else { return nil }
    do { return try Verification(of: snapshot, options) } catch {
      throw JournalError.fileSystem(verb: "read", path: journal.logDirectory, error)
    }
  }

  private func verifyFiles() throws {
    guard !seals, !head, since == nil, !repair else {
      throw ToolError.usage("cannot take --seals, --head, --since or --repair: they are about a journal, not a file")
    }
    let verification: Verification
    do { verification = try Verification(linesOf: JournalSnapshot(files: files)) } catch {
      throw ToolError(status: .inputOutput, message: "cannot read files: \(error.message)")
    }
    try tell(verification)
  }

  private func printHead(of journal: Journal) throws {
    let head: SealHead?
    do { head = try SealReader(journal.logDirectory).chain().head } catch {
      throw JournalError.fileSystem(verb: "read", path: journal.logDirectory, error)
    }
    guard let head else {
      complain("track-verify: cannot print head: nothing was sealed yet; see 'track-sweep --seal'")
      throw ToolError.negative
    }
    try output(line(.object(head.object)))
  }

  private func sealHead(_ text: String) throws -> SealHead {
    var bytes = Array(text.utf8)
    if text.hasPrefix("@") {
      let path = String(text.dropFirst())
      do { bytes = try Path.contents(of: path, maximum: 64 * 1024) } catch {
        throw ToolError.badData("read", "'\(path)'", error.message)
      }
    }
    guard let object = try? JSONParser.object(bytes), let head = SealHead(object) else {
      throw ToolError.badData("read", "--since", "expected {\"seq\": N, \"sha256\": \"…\"} as --head prints it")
    }
    return head
  }

  // MARK: - What is told

  private func tell(_ report: RepairReport) throws {
    guard !project.json, !project.quiet else { return }
    for (stream, count) in report.derived.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try output("derived \(lines(count)) of \(stream.fileName)")
    }
    for isolated in report.isolated {
      try output("put aside \(lines(isolated.lines)) of \(isolated.file), which is kept as \(isolated.kept)")
    }
  }

  private func tell(_ verification: Verification) throws {
    if project.json {
      try output(line(.object(verification.object)))
    } else {
      for finding in verification.findings { try output(finding.text(inFull: !project.quiet)) }
      if !project.quiet { try output(verification.summary) }
    }
    if verification.errorCount > 0 { throw ToolError.negative }
  }

  private func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }

  private func line(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    writer.endLine()
    return writer.bytes
  }
}

extension Finding {
  /// `events.ndjson:12: error: what is the case; what to do`.
  fileprivate func text(inFull: Bool) -> String {
    let place = line.map { "\(excerpt(file, maximumLength: 1024)):\($0)" } ?? excerpt(file, maximumLength: 1024)
    return "\(place): \(severity.rawValue): \(excerpt(text, maximumLength: 300))" + (inFull ? "; \(advice)" : "")
  }

  fileprivate var object: JSONObject {
    var object: JSONObject = [
      "code": .string(code.rawValue), "severity": .string(severity.rawValue), "file": .string(file),
    ]
    object["line"] = line.map { .number(JSONNumber($0)) }
    object["text"] = .string(text)
    object["advice"] = .string(advice)
    return object
  }
}

extension Verification {
  /// What was looked at, in one line.
  fileprivate var summary: String {
    func counted(_ count: some FixedWidthInteger, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    var parts = [counted(fileCount, "file"), counted(byteCount, "byte")]
    if lineCount > 0 {
      parts.append(counted(lineCount, "line") + (foreignCount > 0 ? " (\(foreignCount) of other writers)" : ""))
    }
    if executionCount > 0 { parts.append(counted(executionCount, "execution") + " (\(openCount) open)") }
    parts.append(sealCount == 0 ? "no seals" : counted(sealCount, "seal") + " of " + counted(sealedBytes, "byte"))
    if !compressed.isEmpty { parts.append(counted(compressed.count, "compressed file") + " not looked at") }
    return parts.joined(separator: ", ") + ": "
      + (errorCount == 0 && warningCount == 0
        ? "nothing found" : counted(errorCount, "error") + ", " + counted(warningCount, "warning"))
  }

  fileprivate var object: JSONObject {
    func number(_ value: some FixedWidthInteger) -> JSONValue { .number(JSONNumber(value)) }
    var object: JSONObject = [
      "errors": number(errorCount), "warnings": number(warningCount), "files": number(fileCount),
      "bytes": number(byteCount), "lines": number(lineCount), "foreign_lines": number(foreignCount),
      "executions": number(executionCount), "open": number(openCount), "seals": number(sealCount),
      "sealed_bytes": number(sealedBytes),
    ]
    object["head"] = head.map { .object($0.object) }
    object["compressed"] = compressed.isEmpty ? nil : .array(compressed.map { .string($0) })
    object["findings"] = .array(findings.map { .object($0.object) })
    return object
  }
}
