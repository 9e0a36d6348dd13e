/// What a word or a figure of the report means.
///
/// The one place where it is written: the manual page of `track-metrics` and the DocC page are made of it.
package struct Definition: Hashable, Sendable {
  /// The word or figure.
  package let term: String
  /// What it means, in plain sentences.
  package let meaning: String

  private init(_ term: String, _ meaning: String) {
    self.term = term
    self.meaning = meaning
  }

  /// Every definition, from what is counted to what is an issue.
  package static let all: [Definition] = counted + rates + figures + checks

  /// What is counted, and how often.
  private static let counted = [
    Definition(
      "Execution",
      "One attempt of a task by a droid, from its start to its ending. It counts once, and belongs to the droid that "
        + "started it, whoever ends it."),
    Definition(
      "Repeated line",
      "A line that says nothing new, as rotation and shipping make them. It never changes a figure of an execution; "
        + "lines that are only counted are known by their event_id, or their bytes where they have none."),
    Definition("Completed", "Ended by somebody as done."), Definition("Failed", "Ended by somebody as not done."),
    Definition("Timed out", "Stopped by us at its limit."),
    Definition(
      "Abandoned",
      "Ended by nobody: given up because of its limit, its owner, its silence, a restart or a successor."),
    Definition("Open", "Neither ended nor abandoned."),
    Definition("Stuck", "Open past its own limit, else default_timeout."),
    Definition(
      "Late",
      "Ended after it had been abandoned: the ending replaces the abandonment in every figure and is counted apart."),
    Definition(
      "Selection",
      "An execution belongs to the time in which it started, or ended where no start is known, and to the droid and "
        + "task of its start. Self-reports and resource figures belong to the time, droid and task of their own line. "
        + "Comparisons with the history take in all that came before the selection ends."),
  ]

  /// Parts of a whole.
  private static let rates = [
    Definition("Ended", "Completed, failed or timed out."),
    Definition("Success rate", "Completed of ended."), Definition("Completion rate", "Ended of started."),
    Definition("Abandonment rate", "Abandoned of started."),
    Definition(
      "Interval",
      "Where the true success rate lies with 95 % confidence: Wilson's score interval, which holds for few executions, "
        + "too."),
    Definition(
      "Trend", "The success rate of a droid's endings in each of twelve equal spans from the first line to the last."),
    Definition(
      "Validation rate", "Validated results without problems of all validated results, counted by execution."),
  ]

  /// Figures of durations, resources and errors.
  private static let figures = [
    Definition(
      "Duration",
      "From start to ending as the writer measured it, else the difference of the two timestamps; of ended executions "
        + "only."),
    Definition(
      "Percentile",
      "By linear interpolation (type 7, as numpy, PostgreSQL and DuckDB's quantile_cont), exact up to 1,000,000 "
        + "durations or 1,024 resource figures of a droid; of more the number at the rank, to within 1 % (DDSketch)."),
    Definition(
      "Histogram",
      "Durations in bins of equal ratio, three to a decade from 1 ms to 1,000,000 s, for all droids the same."),
    Definition(
      "Error template",
      "An error with its quoted texts, ids, paths, times, durations and numbers replaced, so that the same trouble "
        + "counts once; beyond 4,096 templates everything counts as other."),
    Definition("Recent", "Within the last 24 hours, or the time asked for."),
  ]

  /// What is an issue; the names in parentheses are keys of performance.execution_tracking.issues.
  private static let checks = [
    Definition(
      "Severity",
      "critical: the report cannot be relied on; warning: work is going wrong; info: worth knowing when reading the "
        + "figures."),
    Definition(
      "Success drift",
      "A droid completed less in the last drift_window than before it: by Fisher's exact test, one-sided, at a chance of "
        + "at most false_alarms divided by the number of droids compared, and by at least success_drop; with min_sample "
        + "endings on both sides."),
    Definition(
      "Duration anomaly",
      "A completed execution of the last drift_window took at least duration_factor times longer or shorter than the "
        + "median of the earlier ones of its droid and task, or of the droid's tasks with fewer than min_sample; the "
        + "score of its logarithm by median and MAD has a chance of at most false_alarms divided by the number of "
        + "executions compared; and at most one in a hundred of the earlier ones lies as far out."),
    Definition(
      "Resource anomaly",
      "The same of CPU, memory and disk figures, upwards only, with resource_factor and all figures of the droid."),
    Definition(
      "Too frequent",
      "A droid started more than frequency_factor times as many executions in the last hour as in its busiest hour "
        + "before, ten at least, with a day and min_sample starts of history."),
    Definition(
      "Gone quiet",
      "A droid without open executions has started nothing for frequency_factor times its longest pause, an hour at "
        + "least, while others went on."),
    Definition(
      "Consecutive failures",
      "The latest executions of a droid, consecutive_failures or more, all failed or timed out; abandoned ones do not "
        + "count."),
    Definition(
      "Silent", "Open, has reported, and said nothing since for longer than heartbeat_timeout, where that is set."),
  ]

  /// The DocC page.
  package static var page: String {
    "# Definitions\n\nWhat the words and figures of a report mean.\n\n## Overview\n\n"
      + all.map { "- term \($0.term): \($0.meaning)\n" }.joined()
  }
}
