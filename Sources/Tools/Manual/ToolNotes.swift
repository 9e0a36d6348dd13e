import TrackMetrics

/// The notes of every tool; `Tests/scenarios/manual.sh` runs the examples.
extension ManualNotes {
  /// The notes of the tool of that name; nil when nobody has written them.
  init?(tool: String) {
    switch tool {
    case "task-start": self = .taskStart
    case "task-progress": self = .taskProgress
    case "task-done": self = .taskDone
    case "task-fail": self = .taskFail
    case "task-run": self = .taskRun
    case "track-event": self = .trackEvent
    case "track-hook": self = .trackHook
    case "track-sweep": self = .trackSweep
    case "track-metrics": self = .trackMetrics
    case "track-export": self = .trackExport
    case "track-shell": self = .trackShell
    case "track-verify": self = .trackVerify
    default: return nil
    }
  }

  private static func writer(
    environment: [Variable] = Variable.ofWriters, examples: [Example], seeAlso: [Page]
  ) -> Self {
    Self(
      exitStatuses: ExitStatus.ofWriters, environment: environment, files: [.configuration, .journal, .ledger],
      examples: examples, seeAlso: seeAlso)
  }

  private static let taskStart = writer(
    environment: Variable.ofWriters + [.traceParent, .traceState],
    examples: [
      Example(
        purpose: "Start a task, and end it by its name from another shell:",
        script: """
          task-start 1.1 'Add the login form' --droid frontend
          task-done 1.1 --file-created src/login.tsx
          """),
      Example(
        purpose: "Start a task for a droid that is to find it in its environment:",
        script: """
          eval "$(task-start 1.2 'Review the login form' --droid reviewer --export)"
          task-progress . 0.5 'half of the files read'
          task-done
          """),
      Example(
        purpose: "Give it ten minutes, after which the sweep gives it up:",
        script: """
          task-start 1.3 'Run the nightly import' --timeout 10m
          """),
    ],
    seeAlso: [
      Page(name: "task-done", section: 1), Page(name: "task-fail", section: 1), Page(name: "task-progress", section: 1),
    ])

  private static let taskProgress = Self(
    exitStatuses: ExitStatus.ofWriters, environment: Variable.ofWriters + [.noColour],
    files: [.configuration, .journal, .ledger],
    examples: [
      Example(
        purpose: "Report how far the work is; a fraction, a percentage and a ratio all do:",
        script: """
          task-start 2.1 'Migrate the tables'
          task-progress 2.1 3/10 'users, orders, invoices'
          task-progress 2.1 50%
          """),
      Example(
        purpose: "Report a problem that does not end the work, and what the work uses:",
        script: """
          task-progress 2.1 --error 'one row without a key, skipped'
          task-progress 2.1 --memory-mb 412 --cpu-percent 85.5
          """),
      Example(
        purpose: "Report from a loop, with a bar to look at; of a fast loop about one report a second is kept:",
        script: """
          task-start 2.2 'Convert the pictures'
          for number in 1 2 3 4 5; do
            echo "$number/5 picture $number"
          done | task-progress 2.2 --stream --every 1s --bar
          """),
      Example(
        purpose: "Report from a coprocess, and know what is on record: with `--json` each line comes back when it is:",
        script: """
          mkfifo reports answers
          task-progress 2.2 --stream --json <reports >answers &
          exec 3>reports 4<answers
          echo '{"progress": 0.9, "message": "all but one", "left": 1}' >&3
          read -r answer <&4
          exec 3>&- 4<&-
          wait
          """),
    ],
    seeAlso: [Page(name: "task-start", section: 1), Page(name: "task-done", section: 1)])

  private static let taskDone = writer(
    examples: [
      Example(
        purpose: "End a task with what it made:",
        script: """
          task-start 3.1 'Write the parser'
          task-done 3.1 --file-created src/parser.ts --tests-run 42 --coverage 91.5
          """),
      Example(
        purpose: "Hand in a result as JSON, from standard input:",
        script: """
          task-start 3.2 'Commit the parser'
          echo '{"commits": ["9f2c1ab"], "branches": ["parser"]}' | task-done 3.2 --result -
          """),
    ],
    seeAlso: [
      Page(name: "task-fail", section: 1), Page(name: "task-start", section: 1),
      Page(name: "track-metrics", section: 1),
    ])

  private static let taskFail = writer(
    examples: [
      Example(
        purpose: "End a task as failed, with the error a command printed:",
        script: """
          task-start 4.1 'Read the settings'
          cat settings.json 2>errors.txt || task-fail 4.1 --exit-code $? --error - <errors.txt
          """)
    ],
    seeAlso: [Page(name: "task-done", section: 1), Page(name: "task-start", section: 1)])

  private static let taskRun = Self(
    exitStatuses: [
      .usage,
      ExitStatus(code: 126, meaning: "The command was found, but cannot be executed."),
      ExitStatus(code: 127, meaning: "The command was not found."),
      ExitStatus(
        code: 1,
        meaning:
          "The command's own; also where it left with 0, but an expectation was not met. Every other status is the "
          + "command's, and a signal that ended it ends this tool, too. With `TRACK_STRICT=1` also that of a journal that "
          + "fails, as of `task-start`."),
    ],
    environment: Variable.ofWriters + [
      .traceParent, .traceState,
      Variable(name: "TRACK_STRICT", meaning: "Set to 1, the command is not run unless its start is recorded."),
      Variable(name: "TRACK_DISABLE", meaning: "Set to 1, nothing is recorded."),
    ], files: [.configuration, .journal, .ledger],
    examples: [
      Example(
        purpose: "Run a command as a task; its status is the command's:",
        script: """
          task-run 8.1 'Build the pages' --droid builder -- mkdir -p site
          """),
      Example(
        purpose: "End it after ten minutes with all it started, and try three times more when it fails:",
        script: """
          task-run 8.2 'Fetch the data' --timeout 10m --retries 3 --retry-delay 5s -- true
          """),
      Example(
        purpose: "Believe it only if the file is there, and keep the end of its messages if it fails:",
        script: """
          task-run 8.3 'Write the notes' --expect-file notes.md --tail 2000 -- sh -c 'echo done >notes.md'
          """),
    ],
    seeAlso: [
      Page(name: "task-start", section: 1), Page(name: "track-sweep", section: 1), Page(name: "timeout", section: 1),
    ])

  private static let trackEvent = writer(
    examples: [
      Example(
        purpose: "Record what an orchestrator does:",
        script: """
          track-event task.scheduled --task 5.1 --set description='Release notes'
          track-event git.commit --sha 9f2c1ab --branch main --message 'Write the release notes'
          track-event audit.recorded --action process_files_sync --set ref=v1.2
          """)
    ],
    seeAlso: [Page(name: "task-start", section: 1), Page(name: "track-metrics", section: 1)])

  private static let trackSweep = Self(
    exitStatuses: [.success, .findings, .usage, .internal, .inputOutput, .locked, .permission, .configuration],
    environment: [.project, .state], files: [.configuration, .journal, .ledger],
    examples: [
      Example(
        purpose: "See what would be closed, then close it:",
        script: """
          task-start 6.1 'Nobody will end this'
          track-sweep --timeout 0 --dry-run
          track-sweep --timeout 0
          """),
      Example(
        purpose: "Close what is stale in every project of this user, as a line of a crontab:",
        script: """
          track-sweep --all
          """),
      Example(
        purpose: "Seal what was added to the journal since the last time, every hour:",
        script: """
          track-sweep --seal
          """),
      Example(
        purpose: "See which files of the journal would go if it were kept for 90 days only:",
        script: """
          track-sweep --rotate
          track-sweep --keep-days 90 --dry-run
          """),
    ],
    seeAlso: [
      Page(name: "task-start", section: 1), Page(name: "track-metrics", section: 1),
      Page(name: "track-verify", section: 1), Page(name: "crontab", section: 5),
      Page(name: "droid-forge.yaml", section: 5), Page(name: "logrotate", section: 8),
    ])

  private static let trackMetrics = Self(
    exitStatuses: ExitStatus.ofReaders,
    environment: [
      .project, .state,
      .noColour,
      Variable(name: "TMPDIR", meaning: "Where standard input is kept while it is read; the default is `/tmp`."),
    ],
    files: [.configuration, .journal, .original], definitions: Definition.all,
    examples: [
      Example(
        purpose: "Look at the whole report, then at what is wrong:",
        script: """
          track-metrics
          track-metrics --issues
          """),
      Example(
        purpose: "Fail a job when something needs a look, and show the report on its page:",
        script: """
          track-metrics --check --severity warning --quiet
          track-metrics --format markdown >>"${GITHUB_STEP_SUMMARY:-summary.md}"
          """),
      Example(
        purpose: "Read the story of a task, and the droids' figures of the last week as a table:",
        script: """
          task-start 1.1 'Build the parser' --droid builder
          task-progress 1.1 3/10 'reading files'
          task-fail 1.1 --exit-code 2 --error 'no such file'
          track-metrics --task 1.1
          track-metrics --droids --since 7d --format csv >droids.csv
          """),
      Example(
        purpose: "Write a page to look at, and metrics for node_exporter:",
        script: """
          track-metrics --format html --output report.html
          track-metrics --format openmetrics --output droids.prom
          """),
      Example(
        purpose: "Record the figures in the journal, as from cron, and hand them to a program:",
        script: """
          track-metrics --record --if-due
          track-metrics --json >report.json
          """),
    ],
    seeAlso: [
      Page(name: "track-sweep", section: 1), Page(name: "task-done", section: 1),
      Page(name: "droid-forge.yaml", section: 5),
    ])

  private static let trackShell = Self(
    exitStatuses: [.success, .usage, .unavailable, .internal, .inputOutput], environment: [], files: [],
    examples: [
      Example(
        purpose: "Track a whole script; where droid-track is not installed, the work still runs:",
        script: """
          eval "$(track-shell || echo 'task_execution() { :; }')"
          task_execution 7.1 'Build the pages'
          mkdir -p site
          """)
    ],
    seeAlso: [Page(name: "task-start", section: 1), Page(name: "task-done", section: 1)])
}
