/// Where an execution stands among all that is traced: its own span, the span it was started in, and what travels along.
public struct TraceContext: Hashable, Sendable {
  /// The execution's trace and span: what its children get as `TRACEPARENT`.
  public let own: TraceParent
  /// The span it was started in; nil where the trace begins with it, or none of ours knows.
  public let parent: SpanID?
  /// What other tracing systems passed along; nil for nothing.
  public let state: TraceState?
  /// The facts that travel with the trace; nil for none.
  public let baggage: Baggage?

  /// Makes a context of its parts.
  init(own: TraceParent, parent: SpanID?, state: TraceState? = nil, baggage: Baggage? = nil) {
    self.own = own
    self.parent = parent
    self.state = state
    self.baggage = baggage
  }

  /// The context of an execution that was recorded without one, made of its ids: always the same, wherever it is asked for.
  ///
  /// The trace is made of the run, which parents and children share, and where there is none of the execution; spans are
  /// made of executions. Each id is one or two sums of 64 bits: FNV-1a over a word that tells them apart, a zero byte and
  /// the id, mixed by the last step of MurmurHash3.
  package init(derivedFrom execution: String, run: String?, parent: String?) {
    let origin = run ?? execution
    let trace = TraceID(Self.sum("trace-high", origin), Self.sum("trace-low", origin))
    let own = TraceParent(trace: trace, span: SpanID(Self.sum("span", execution)), flags: .sampled)
    self.init(own: own, parent: parent.map { SpanID(Self.sum("span", $0)) })
  }

  private static func sum(_ word: String, _ id: String) -> UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in [word.utf8[...], "\0".utf8[...], id.utf8[...]].joined() {
      sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    sum = (sum ^ sum >> 33) &* 0xFF51_AFD7_ED55_8CCD
    sum = (sum ^ sum >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return sum ^ sum >> 33
  }
}
