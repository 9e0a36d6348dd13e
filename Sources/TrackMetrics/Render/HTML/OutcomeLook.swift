import TrackCore

extension TrackedExecution.Outcome {
  /// What it is called.
  var word: String {
    switch self {
    case .open: "open"
    case .completed: "completed"
    case .failed: "failed"
    case .timeout: "timed out"
    case .abandoned: "abandoned"
    }
  }

  /// The class that gives a mark its colour and its pattern, so that nothing is told by colour alone.
  var mark: StaticString {
    switch self {
    case .open: "mark open"
    case .completed: "mark completed"
    case .failed: "mark failed"
    case .timeout: "mark timeout"
    case .abandoned: "mark abandoned"
    }
  }

  /// The class that gives a word its colour.
  var ink: StaticString {
    switch self {
    case .open: "outcome open-ink"
    case .completed: "outcome completed-ink"
    case .failed: "outcome failed-ink"
    case .timeout: "outcome timeout-ink"
    case .abandoned: "outcome abandoned-ink"
    }
  }
}

extension Markup {
  /// Writes the key of a chart.
  mutating func legend(_ outcomes: [TrackedExecution.Outcome]) {
    element(.ul, .class("legend")) { list in
      for outcome in outcomes {
        list.element(.li) { item in
          item.swatch(outcome)
          item.text(outcome.word)
        }
      }
    }
  }

  private mutating func swatch(_ outcome: TrackedExecution.Outcome) {
    element(.svg, .class("swatch"), .width(.pixels(14)), .height(10), .hidden) {
      $0.element(.rect, .width(.pixels(14)), .height(10), .class(outcome.mark))
    }
  }

  /// Writes the patterns and the gradient that marks of outcomes are filled with; once in a document.
  mutating func outcomePatterns() {
    element(.svg, .class("definitions"), .width(.pixels(0)), .height(0), .hidden) {
      $0.element(.defs) { defs in
        defs.hatch(.hatchFailed, "rotate(45)", "tile failed-tile")
        defs.hatch(.hatchTimeout, "rotate(-45)", "tile timeout-tile")
        defs.hatch(.hatchAbandoned, "rotate(0)", "tile abandoned-tile")
        defs.element(.linearGradient, .id(.fade)) { gradient in
          gradient.element(.stop, .offset("0"), .class("fade-from"))
          gradient.element(.stop, .offset("0.35"), .class("fade-from"))
          gradient.element(.stop, .offset("1"), .class("fade-to"))
        }
      }
    }
  }

  private mutating func hatch(_ anchor: Anchor, _ turn: StaticString, _ look: StaticString) {
    element(.pattern, .id(anchor), .width(.pixels(5)), .height(5), .inUserSpace, .turned(turn)) { pattern in
      pattern.element(.rect, .width(.pixels(5)), .height(5), .class(look))
      pattern.element(.rect, .width(.pixels(1.3)), .height(5), .class("stripe"))
    }
  }
}
