// What travels with a trace comes from outside and may hold anything.

extension Sanitizer {
  /// The same list, or nil where it holds a secret: it has no part that could be left out, for nobody knows its meaning.
  func traceState(_ state: TraceState) -> TraceState? {
    text(state.description) == state.description ? state : nil
  }

  /// The baggage as it may be recorded: its values redacted, members whose keys hold secrets left out.
  func baggage(_ baggage: Baggage) -> Baggage? {
    Baggage(
      baggage.members.compactMap { member in
        guard let entry = self.entry(member.entry) else { return nil }
        return Baggage.Member(entry: entry, properties: member.properties.compactMap { self.entry($0) })
      })
  }

  private func entry(_ entry: Baggage.Entry) -> Baggage.Entry? {
    guard text(entry.key) == entry.key else { return nil }
    guard let text = entry.text else { return entry }
    let clean = object([entry.key: .string(text)], maximumBytes: .max).text(entry.key)
    return clean == text ? entry : clean.map { entry.with(text: $0) }
  }
}
