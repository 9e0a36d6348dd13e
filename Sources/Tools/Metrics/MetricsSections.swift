import ArgumentParser
import TrackMetrics

/// Which parts of the report are wanted.
struct MetricsSections: ParsableArguments {
  @Flag(help: "Only what was read, the totals and the open executions.") var events = false
  @Flag(help: "Only the droids.") var droids = false
  @Flag(help: "Only the tasks.") var tasks = false
  @Flag(help: "Only the results and errors.") var results = false
  @Flag(help: "Only what the work took.") var resources = false
  @Flag(help: "Only what needs a look.") var issues = false
  @Flag(help: "Only what happened lately.") var recent = false
  @Flag(help: "Everything (the default).") var full = false

  /// Whether a part is asked for by name.
  var isNamed: Bool { full || !named.isEmpty }

  /// The parts asked for; all where none is.
  var chosen: Set<Section> { full || named.isEmpty ? Set(Section.allCases) : named }

  /// The one part that a table can hold; the droids where none is asked for.
  func single() throws -> Section {
    let flags: [(isSet: Bool, section: Section)] = [
      (events, .executions), (droids, .droids), (tasks, .tasks), (results, .results), (resources, .resources),
      (issues, .issues), (recent, .recent),
    ]
    let asked = flags.filter(\.isSet)
    guard asked.count <= 1, !full else {
      throw ToolError.usage("cannot write several parts as csv: a table holds one, such as --droids")
    }
    return asked.first?.section ?? .droids
  }

  private var named: Set<Section> {
    var sections: Set<Section> = []
    if events { sections.formUnion([.data, .executions, .open, .failures]) }
    if droids { sections.insert(.droids) }
    if tasks { sections.insert(.tasks) }
    if results { sections.insert(.results) }
    if resources { sections.insert(.resources) }
    if issues { sections.insert(.issues) }
    if recent { sections.insert(.recent) }
    return sections
  }
}
