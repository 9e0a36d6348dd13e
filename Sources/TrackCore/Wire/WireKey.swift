/// The key names of event lines, ledger records and spooled requests: the only place that knows them.
package enum WireKey {
  // Header, in the order of writing, then the origin at the end of the line.
  package static let timestamp = "timestamp"
  package static let eventType = "event_type"
  package static let runID = "run_id"
  package static let taskID = "task_id"
  package static let droidID = "droid_id"
  package static let executionID = "execution_id"
  package static let status = "status"
  package static let eventID = "event_id"
  package static let host = "host"
  package static let project = "project"

  /// The keys that every event has for itself.
  package static let reserved: Set<String> = [
    timestamp, eventType, runID, taskID, droidID, executionID, status, eventID, host, project,
  ]

  // Own keys of events.
  package static let action = "action"
  package static let category = "category"
  package static let details = "details"
  package static let originalResult = "original_result"
  package static let problems = "problems"
  package static let reason = "reason"
  package static let result = "result"
  package static let resultData = "result_data"
  package static let success = "success"
  package static let validatedAt = "validated_at"
  package static let git = "git"

  // Keys of details.
  package static let attempt = "attempt"
  package static let baggage = "baggage"
  package static let cause = "cause"
  package static let confirmed = "confirmed"
  package static let context = "context"
  package static let correlation = "correlation"
  package static let cpuPercent = "cpu_percent"
  package static let description = "description"
  package static let diskIOMB = "disk_io_mb"
  package static let durationSeconds = "duration_seconds"
  package static let error = "error"
  package static let evidence = "evidence"
  package static let exitCode = "exit_code"
  package static let kind = "kind"
  package static let late = "late"
  package static let line = "line"
  package static let memoryMB = "memory_mb"
  package static let message = "message"
  package static let owner = "owner"
  package static let parentExecutionID = "parent_execution_id"
  package static let parentSpanID = "parent_span_id"
  package static let progress = "progress"
  package static let resources = "resources"
  package static let retryOf = "retry_of"
  package static let signal = "signal"
  package static let spanID = "span_id"
  package static let stderrTail = "stderr_tail"
  package static let timeoutSeconds = "timeout_seconds"
  package static let traceFlags = "trace_flags"
  package static let traceID = "trace_id"
  package static let traceState = "trace_state"
  package static let truncated = "truncated"

  // Keys of resources.
  package static let contextSwitches = "context_switches"
  package static let cpuSeconds = "cpu_seconds"
  package static let diskReadBytes = "disk_read_bytes"
  package static let diskWrittenBytes = "disk_written_bytes"
  package static let peakMemoryBytes = "peak_memory_bytes"
  package static let readBytes = "read_bytes"
  package static let writtenBytes = "written_bytes"

  // Keys of evidence and of audit details.
  static let ageSeconds = "age_seconds"
  static let closed = "closed"
  static let entry = "entry"
  static let heartbeatTimeout = "heartbeat_timeout"
  static let lastReport = "last_report"
  static let limitSeconds = "limit_seconds"
  static let offset = "offset"
  static let supersededBy = "superseded_by"

  // Keys of a seal and of its ranges; some of them are above and below.
  package static let first = "first"
  package static let from = "from"
  static let kept = "kept"
  package static let last = "last"
  package static let previous = "previous"
  package static let ranges = "ranges"
  package static let segment = "segment"
  package static let sequence = "seq"
  package static let sha256 = "sha256"
  package static let to = "to"

  /// What agents write by hand for `droid_id`.
  static let droid = "droid"

  /// The keys that a report's details have for themselves.
  static let reportDetails: Set<String> = [
    eventType, progress, message, error, cpuPercent, memoryMB, diskIOMB, owner,
  ]

  // Keys of a process.
  package static let bootID = "boot_id"
  package static let pid = "pid"
  package static let pidNamespace = "pid_namespace"
  package static let startTicks = "start_ticks"
  package static let user = "uid"

  // Keys of tombstones and aggregates.
  static let aggregates = "aggregates"
  static let bytes = "bytes"
  static let figures = "figures"
  static let firstLine = "first_line"
  static let policy = "policy"
  static let records = "records"
  static let removed = "removed"
  static let segments = "segments"

  // Keys of ledger records and spooled requests.
  static let boottime = "boottime_ns"
  static let clock = "clock"
  static let end = "end"
  static let environment = "environment"
  static let fallback = "fallback"
  package static let file = "file"
  static let further = "further"
  package static let lines = "lines"
  static let mode = "mode"
  static let newRun = "new_run"
  static let newTrace = "new_trace_id"
  static let note = "note"
  static let report = "report"
  static let selection = "selection"
  static let start = "start"
  static let writer = "writer"
  static let monotonic = "monotonic_ns"
  static let size = "size"
  static let started = "started"
  package static let stream = "stream"
  static let trace = "trace"
  static let traceParent = "traceparent"

  // Keys of `performance.metrics`, as the original wrote them.
  package static let generatedAt = "generated_at"
  package static let totalTasksCompleted = "total_tasks_completed"
  package static let activeTasks = "active_tasks"
  package static let droidPerformance = "droid_performance"
  package static let recentFailures = "recent_failures"
}

/// The names of event types on the wire.
package enum EventType {
  package static let started = "task.execution.started"
  package static let completed = "task.execution.completed"
  package static let abandoned = "task.execution.abandoned"
  package static let selfReport = "droid.self_report"
  package static let result = "task.result"
  package static let validated = "task.result.validated"
  package static let metrics = "performance.metrics"
  package static let audit = "audit.recorded"

  /// The types that `logging.events` cannot leave out: they are the record.
  package static let always: Set<String> = [started, completed, abandoned, audit]
}
