import ArgumentParser
import TrackCore

/// What both endings understand besides their own options.
struct EndingOptions: ParsableArguments {
  @Flag(help: ArgumentHelp("Record that nobody confirmed the ending.", visibility: .hidden)) var unconfirmed = false
  @Flag(help: ArgumentHelp("Ended already is no error.", visibility: .hidden)) var quietIfEnded = false
  @Flag(help: ArgumentHelp("Only look whether the result can be recorded.", visibility: .hidden)) var checkResult =
    false
  @Argument(help: ArgumentHelp("The task; '.' is the current execution.", valueName: "task")) var task: String?
  @OptionGroup var work: WorkOptions
  @OptionGroup var result: ResultOptions

  /// Records the ending, into the spool when the configuration cannot be read.
  func end(_ ending: Ending, _ details: EndingDetails, of tool: String) throws {
    try work.checkShell()
    let result = try result.object()
    if checkResult { return }
    let target = try work.target(task)
    let writer = try work.droidID()
    let project = work.project
    let wait = try project.waitDuration()
    var details = details
    details.isConfirmed = !unconfirmed
    let (found, surroundings) = try project.find()
    let journal: Journal
    do {
      journal = try Journal(of: found, in: surroundings, wait: wait)
    } catch .configuration(let reason) {
      do {
        _ = try Journal.spoolEnd(
          ending, of: target, result: result, details: details, by: writer, in: found, surroundings)
      } catch {
        throw JournalError.configuration("\(reason); the ending is lost: \(error)")
      }
      throw JournalError.configuration("\(reason); the ending is spooled")
    }
    do {
      let outcome = try journal.end(ending, of: target, result: result, details: details, by: writer)
      try project.tell(outcome, in: journal, of: tool)
    } catch JournalError.alreadyEnded where quietIfEnded {
      // Whoever ended it told the truth first.
    }
  }
}
