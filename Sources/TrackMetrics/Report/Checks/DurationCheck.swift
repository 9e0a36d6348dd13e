internal import Glibc
import TrackCore

/// Whether completed executions of the last window took far longer or shorter than those before it.
///
/// An execution is held against the earlier ones of the same droid and task, or, as most tasks run once, against those
/// of the droid's tasks that have too few of their own. Durations spread over a factor, not over a difference, so their
/// logarithms are compared: a score by median and MAD, whose chance is at most α/m with m executions judged
/// (Bonferroni), a factor of at least `durationFactor`, and at most one in a hundred of the earlier ones as far out,
/// as a droid may well have two habits.
struct DurationCheck {
  let policy: ReportPolicy
  let all: Executions
  private var judged = 0
  private var outliers: [Outlier] = []
  /// How many earlier completions of the droid at hand each task has; the last place is that of no task.
  private var earlierOfTask: [UInt32]

  private struct Outlier {
    let group: Group
    let position: Int
    let duration: Double
    let usual: Double
    let earlier: Int
    let chance: Double
  }

  /// What executions are held against each other.
  private struct Group: Hashable {
    let droid: NameTable.Index
    /// None stands for the tasks that have too few earlier completions.
    let task: NameTable.Index
    var isLong = false
  }

  /// Durations below a millisecond are as good as equal.
  private static let shortest = 1e-3
  /// The least deviation of logarithms: five percent, as clocks and machines differ as much.
  private static let leastDeviation = 0.05
  /// The part of the history that may be as far out.
  private static let habit = 0.01

  init(policy: ReportPolicy, all: Executions) {
    self.policy = policy
    self.all = all
    earlierOfTask = Array(repeating: 0, count: all.tasks.count + 1)
  }

  mutating func look(at history: DroidHistory) {
    guard history.completions.contains(where: \.isRecent) else { return }
    for completion in history.completions where !completion.isRecent { earlierOfTask[place(completion.task)] += 1 }
    var recent: [NameTable.Index: [DroidHistory.Completion]] = [:]
    for completion in history.completions where completion.isRecent {
      recent[group(of: completion), default: []].append(completion)
    }
    var earlier: [NameTable.Index: [Double]] = [:]
    for task in recent.keys { earlier[task] = [] }
    for completion in history.completions where !completion.isRecent {
      earlier[group(of: completion)]?.append(log(max(Self.shortest, completion.duration)))
    }
    for completion in history.completions { earlierOfTask[place(completion.task)] = 0 }
    for (task, completions) in recent {
      judge(completions, earlier[task] ?? [], Group(droid: history.droid, task: task))
    }
  }

  /// The executions that stand out.
  var candidates: [IssueCandidate] {
    let proven = outliers.filter { $0.chance * Double(judged) <= policy.falseAlarms }
    return Dictionary(grouping: proven, by: \.group).map { group, outliers in
      let name = "\(all.droids[group.droid] ?? "") \(all.tasks[group.task] ?? "") \(group.isLong)"
      return IssueCandidate(gravity: -log(outliers.map(\.chance).min() ?? 1), name: name) { issue(group, outliers) }
    }
  }

  private func place(_ task: NameTable.Index) -> Int { task == .none ? all.tasks.count : Int(task.value) }

  private func group(of completion: DroidHistory.Completion) -> NameTable.Index {
    earlierOfTask[place(completion.task)] >= policy.minimumSample ? completion.task : .none
  }

  private mutating func judge(_ completions: [DroidHistory.Completion], _ earlier: [Double], _ group: Group) {
    guard earlier.count >= policy.minimumSample, let scale = RobustScale(earlier) else { return }
    judged += completions.count
    for completion in completions {
      let value = log(max(Self.shortest, completion.duration))
      guard abs(value - scale.middle) >= log(policy.durationFactor) else { continue }
      let chance = scale.chance(of: scale.score(value, least: Self.leastDeviation))
      guard chance <= policy.falseAlarms else { continue }
      let isLong = value > scale.middle
      let asFar = earlier.count { isLong ? $0 >= value : $0 <= value }
      guard Double(asFar) <= Self.habit * Double(earlier.count) else { continue }
      outliers.append(
        Outlier(
          group: Group(droid: group.droid, task: group.task, isLong: isLong), position: completion.position,
          duration: completion.duration, usual: exp(scale.middle), earlier: earlier.count, chance: chance))
    }
  }

  private func issue(_ group: Group, _ outliers: [Outlier]) -> Issue {
    let droid = all.droids[group.droid] ?? ""
    let task = all.tasks[group.task]
    let far = outliers.sorted { one, other in
      guard one.duration != other.duration else { return all.precedes(one.position, other.position) }
      return group.isLong ? one.duration > other.duration : one.duration < other.duration
    }
    let usual = far.first?.usual ?? 0
    let extreme = far.first?.duration ?? 0
    return Issue(
      kind: .durationAnomaly, droid: droid, task: task,
      summary:
        "\(counted(far.count, "execution")) of \(task.map { "task \($0)" } ?? "rare tasks") by \(droid) took far "
        + "\(group.isLong ? "longer" : "shorter") than usual: \(durationText(extreme)) against \(durationText(usual))",
      value: extreme, threshold: usual, proof: Issue.Proof(far.map { all.id(of: all[$0.position]) }),
      evidence: far.prefix(10).map { outlier in
        "\(durationText(outlier.duration)), median of \(outlier.earlier) earlier ones \(durationText(outlier.usual)), "
          + "chance \(chanceText(outlier.chance))"
      },
      advice: group.isLong
        ? "see what they waited for, or give the work a limit: --timeout of task-start"
        : "see whether they did their work before they told that it is done")
  }
}
