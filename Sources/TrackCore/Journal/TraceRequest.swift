/// What a start brings along for its trace: what its environment says, and new ids in case they are needed.
struct TraceRequest: Hashable, Sendable {
  /// `TRACEPARENT`, when it is valid.
  let inherited: TraceParent?
  /// `TRACESTATE`; nil also where it belongs to no valid `TRACEPARENT`.
  let state: TraceState?
  /// `BAGGAGE`, without secrets.
  let baggage: Baggage?
  /// The trace it begins when it belongs to none.
  let newTrace: TraceID
  /// The execution's span.
  let span: SpanID

  /// Takes what the environment says; malformed variables count as unset, as W3C Trace Context demands.
  init(_ surroundings: Surroundings, _ sanitizer: Sanitizer) {
    let inherited = surroundings.traceParent.flatMap { TraceParent($0) }
    let state = inherited == nil ? nil : surroundings.traceState.flatMap { TraceState($0) }
    self.init(
      inherited: inherited, state: state.flatMap { sanitizer.traceState($0) },
      baggage: surroundings.baggage.flatMap { Baggage($0) }.flatMap { sanitizer.baggage($0) }, newTrace: .random(),
      span: .random())
  }

  /// Makes a request of its parts.
  init(inherited: TraceParent?, state: TraceState?, baggage: Baggage?, newTrace: TraceID, span: SpanID) {
    self.inherited = inherited
    self.state = state
    self.baggage = baggage
    self.newTrace = newTrace
    self.span = span
  }

  /// The context of an execution.
  ///
  /// The environment decides the trace, then the execution it is started in. That one is its parent, unless the environment
  /// has left its trace: a span has its parent in its own trace.
  /// - Parameter parent: the context of the execution it is started in, when that is known.
  /// - Parameter former: the context of an execution that is over or makes way: where the environment still names its span,
  ///   that one's parent is meant.
  func context(in parent: TraceContext?, after former: TraceContext?) -> TraceContext {
    guard let inherited else {
      let flags = parent?.own.flags ?? .sampled
      let own = TraceParent(trace: parent?.own.trace ?? newTrace, span: span, flags: flags)
      return TraceContext(
        own: own, parent: parent?.own.span, state: parent?.state, baggage: baggage ?? parent?.baggage)
    }
    let own = TraceParent(trace: inherited.trace, span: span, flags: inherited.flags)
    var above: SpanID? = inherited.span
    if let former, former.own.trace == inherited.trace, former.own.span == inherited.span { above = former.parent }
    if let parent, parent.own.trace == inherited.trace { above = parent.own.span }
    return TraceContext(own: own, parent: above, state: state, baggage: baggage ?? parent?.baggage)
  }
}
