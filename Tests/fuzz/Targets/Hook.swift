import TrackCore

@testable import TrackHooks

/// A payload is refused, or taken for what it says; however it arrives, piece by piece or whole, it says the same.
func fuzzHook(_ bytes: [UInt8]) {
  let input = HookInput(bytes)
  var scanner = PayloadScanner()
  for byte in bytes.indices { scanner.take(bytes[byte...byte]) }
  scanner.end()
  var whole = PayloadScanner()
  whole.take(bytes[...])
  whole.end()
  demand(scanner.state == whole.state && scanner.values == whole.values, "it says something else in pieces")
  demandAgreement(bytes, whole)
  guard case .event(let event) = input else { return }
  demandBounded(event)
  demandSettings(bytes)
}

/// What a strict parser takes for an object is taken, and says the same.
private func demandAgreement(_ bytes: [UInt8], _ scanner: PayloadScanner) {
  guard let object = try? JSONParser.object(bytes) else { return }
  demand(scanner.state == .complete, "an object was refused: \(scanner.state)")
  guard case .text(let name)? = scanner.values[.event], object.members.count == 1 else { return }
  demand(object.members[0].value == .string(name), "a text reads otherwise")
}

/// What is counted of an event stays small, and can be kept.
private func demandBounded(_ event: HookEvent) {
  var record = SessionRecord()
  record.session = event.session ?? ""
  let now = Timestamp(microseconds: 1_700_000_000_000_000)
  switch event.kind {
  case .toolBegins(let call): _ = record.counters.begin(call, at: now)
  case .toolEnds(let call, let failed): _ = record.counters.end(call, failed: failed, at: now)
  default: break
  }
  demand(record.bytes.count < 1 << 20, "a record of \(record.bytes.count) bytes")
  demand(SessionRecord(record.bytes) == record, "a record reads otherwise")
}

/// As settings, a text gets a registration and loses it again without any other change.
private func demandSettings(_ bytes: [UInt8]) {
  let file = SettingsFile(path: "settings.json", scope: .project, shape: .settings)
  let text = SettingsText(bytes)
  let registration = Registration(.claude, command: "/opt/bin/track-hook claude")
  guard let commands = try? file.commands(in: text), commands.allSatisfy({ !Registration.isOurs($0.command, .claude) }),
    let added = try? file.adding(registration, to: text)
  else { return }
  demand((try? file.adding(registration, to: added)) == added, "it is added twice")
  demand((try? file.removing(.claude, from: added)) == text, "it leaves other bytes behind")
}
