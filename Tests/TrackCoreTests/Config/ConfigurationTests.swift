import FoundationEssentials
import Testing
import TrackCore

/// The bytes of one of the original's files.
private func fixture(_ name: String) throws -> [UInt8] {
  let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return Array(try Data(contentsOf: tests.appending(path: "Fixtures/original/seed/\(name)")))
}

/// Decodes a text under the usual name.
func decode(_ text: String) throws(ConfigurationError) -> Configuration {
  try Configuration.decode(Array(text.utf8), file: "droid-forge.yaml")
}

@Suite("The configuration")
struct ConfigurationTests {
  @Test("of the original is read", arguments: ["droid-forge.yaml", "droid-forge-364-lines.yaml"])
  func original(name: String) throws {
    let configuration = try Configuration.decode(try fixture(name), file: name)
    #expect(configuration.maximumConcurrentDroids == 3)
    #expect(configuration.maximumRetries == 2)
    #expect(configuration.retryDelay == .seconds(5))
    #expect(configuration.tracking == Configuration().tracking)
    #expect(configuration.locking.timeout == .seconds(300))
    #expect(configuration.locking.retryInterval == .seconds(1))
    #expect(configuration.locking.maximumAttempts == 60)
    #expect(configuration.locking.lockExtension == ".lock")
    #expect(configuration.logging.directory == ".droid-forge/logs")
    #expect(configuration.locking.configuredWait == .seconds(60))
    #expect(configuration.locking.wait == .seconds(2))
  }

  @Test("names the event types of the original's file")
  func eventTypes() throws {
    let events = try Configuration.decode(try fixture("droid-forge.yaml"), file: "f").logging.events
    #expect(events?.count == 15)
    #expect(events?.contains("droid.self_report") == true)
  }

  @Test(
    "is all defaults when it says nothing",
    arguments: [
      "", "\n\n", "# a comment\n", "{}", "---\n", "---\n...\n", "~", "null", "others: 1\n", "performance:\n",
      "performance: ~\nlogging: null\n", "performance:\n  execution_tracking:\n",
      "performance:\n  execution_tracking:\n    default_timeout:\n    durability: ~\n    heartbeat_timeout: null\n",
      "\u{FEFF}logging: {}\n", "%YAML 1.1\n---\nlogging: {}\n",
    ])
  func defaults(text: String) throws {
    #expect(try decode(text) == Configuration())
  }

  @Test("sets every key of ours")
  func everyKey() throws {
    var expected = Configuration()
    expected.maximumConcurrentDroids = 7
    expected.maximumRetries = 0
    expected.retryDelay = .milliseconds(1500)
    expected.tracking.defaultTimeout = .seconds(7200)
    expected.tracking.enforcesTimeout = true
    expected.tracking.cleanupInterval = .zero
    expected.tracking.metricsInterval = .seconds(60)
    expected.tracking.validatesResults = false
    expected.tracking.acceptsSelfReports = false
    expected.tracking.heartbeatTimeout = .seconds(900)
    expected.tracking.durability = .all
    expected.tracking.retention.maximumAge = .seconds(30 * 86_400)
    expected.tracking.retention.maximumSize = 1 << 30
    expected.tracking.issues.abandonmentRate = 0.25
    expected.tracking.issues.successRate = 1
    expected.tracking.issues.minimumExecutions = 10
    expected.tracking.issues.validationRate = 0
    expected.tracking.issues.lateRate = 0.5
    expected.tracking.issues.consecutiveFailures = 1
    expected.tracking.issues.minimumSample = 10
    expected.tracking.issues.falseAlarms = 0.001
    expected.tracking.issues.driftWindow = .seconds(6 * 3_600)
    expected.tracking.issues.successDrop = 0.2
    expected.tracking.issues.durationFactor = 1
    expected.tracking.issues.resourceFactor = 2.5
    expected.tracking.issues.frequencyFactor = 1000
    expected.tracking.redaction.patterns = ["ACME-[0-9]{6}", "^x"]
    expected.tracking.redaction.hidesHost = true
    expected.tracking.redaction.resultKeys = ["tests_run", "coverage"]
    expected.logging.directory = "/var/log/droids"
    expected.logging.events = ["task.result", "git.commit"]
    expected.locking.timeout = .milliseconds(50)
    expected.locking.retryInterval = .milliseconds(10)
    expected.locking.maximumAttempts = 3
    expected.locking.lockExtension = ".lck-1"
    let text = """
      performance:
        max_concurrent_droids: 7
        max_retries: 0
        retry_delay: 1500ms
        execution_tracking:
          default_timeout: "2h"
          enforce_timeout: yes
          cleanup_interval: 0
          metrics_interval: 1m
          enable_result_validation: off
          enable_self_reporting: false
          heartbeat_timeout: '15m'
          durability: all
          retention: {max_age: 30d, max_size: 1G}
          issues:
            abandonment_rate: 0.25
            success_rate: 1
            min_executions: 10
            validation_rate: 0
            late_rate: 0.5
            consecutive_failures: 1
            min_sample: 10
            false_alarms: 0.001
            drift_window: 6h
            success_drop: 0.2
            duration_factor: 1
            resource_factor: 2.5
            frequency_factor: 1000
          redaction:
            patterns:
              - 'ACME-[0-9]{6}'
              - ^x
            host: true
            result_keys: [tests_run, coverage]
      logging:
        directory: /var/log/droids
        events: [task.result, git.commit]
        format: ndjson
      concurrency:
        file_locking:
          enabled: true
          lock_timeout: 50ms
          lock_retry_interval: 10ms
          max_lock_attempts: 3
          lock_extension: .lck-1
      """
    let configuration = try decode(text)
    #expect(configuration == expected)
    #expect(configuration.locking.wait == .milliseconds(30))
  }

  @Test(
    "takes off where something can be off",
    arguments: ["heartbeat_timeout: off", "retention: {max_age: off, max_size: 'off'}"])
  func off(line: String) throws {
    #expect(try decode("performance: {execution_tracking: {\(line)}}") == Configuration())
  }

  @Test(
    "leaves what is not ours to the others",
    arguments: [
      "base: &base {a: 1}\nother: *base\nmerged: {<<: *base}\n",
      "a: !!binary aGk=\na: again\n? [complex, key]\n: {b: !x y}\n",
      "\"nul\\0key\": \"nul\\0value\"\n*alias : 1\n",
      "performance: &all\n  theirs: &x [*all, *x]\n  <<: *x\n  theirs: 2\n",
      "performance:\n  execution_tracking:\n    theirs: &x [a, *x]\n    ? {k: [v]}\n    : !!set {a}\n",
      "logging: {level: debug, level: info, sinks: {a: &b c}}\n",
      "concurrency: {file_locking: {theirs: *unknown}, state_management: {file_locking: 3}}\n",
    ])
  func foreign(text: String) throws {
    #expect(try decode(text) == Configuration())
  }

  @Test("is read in UTF-16, too", arguments: [true, false])
  func utf16(isLittleEndian: Bool) throws {
    let units = Array("\u{FEFF}performance: {max_retries: 4}\n".utf16)
    let bytes = units.flatMap { unit in
      let pair = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
      return isLittleEndian ? pair : pair.reversed()
    }
    #expect(try Configuration.decode(bytes, file: "f").maximumRetries == 4)
  }
}
