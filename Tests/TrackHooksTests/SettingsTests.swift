import Testing
import TrackCore

@testable import TrackHooks

@Suite("Settings files") struct SettingsTests {
  private func file(_ shape: SettingsFile.Shape = .settings) -> SettingsFile {
    SettingsFile(path: "settings.json", scope: .project, shape: shape)
  }

  private func text(_ text: String) -> SettingsText { SettingsText(Array(text.utf8)) }

  /// Layouts that people and programs leave: each must come back to the byte.
  static let corpus = [
    "", "\n", " \r\n\t", "{}", "{ }", "{\n}", "{\n}\n", "{}\n", "\u{FEFF}{}", " {} ", "{\r\n}\r\n",
    #"{"a":1}"#, #"{"a": 1}"#, #"{ "a" : 1 }"#, "{\n  \"a\": 1\n}\n", "{\n\t\"a\": 1\n}",
    "{\n    \"a\": {\n        \"b\": []\n    }\n}\n",
    "{\r\n  \"a\": 1\r\n}\r\n", "{\n\"a\": 1\n}", "{\n  \"a\": 1, \"b\": 2 }", #"{"hooks":{}}"#, #"{"hooks": { } }"#,
    "{\n  \"hooks\": {}\n}\n", "{\n  \"hooks\": {\n  },\n  \"z\": null\n}\n", #"{"hooks":{"Stop":[]}}"#,
    "{\n  \"hooks\": {\n    \"Stop\": []\n  }\n}\n", "{\n  \"hooks\": {\n    \"Stop\": [\n    ]\n  }\n}\n",
    #"{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"other"}]}]},"x":"\u00e9\/"}"#,
    """
    {
      "permissions": { "allow": ["Bash(ls:*)"], "deny": [] },
      "hooks": {
        "PreToolUse": [ { "matcher": "Bash", "hooks": [ { "type": "command", "command": "check" } ] } ],
        "Unknown": "kept"
      },
      "number": 1.50e+3, "dup": 1, "dup": 2
    }

    """,
  ]

  @Test("installing and uninstalling leaves the same bytes", arguments: corpus, Harness.allCases)
  func roundTrip(old: String, harness: Harness) throws {
    let registration = Registration(harness, command: "/opt/bin/track-hook \(harness.rawValue)")
    for shape in [SettingsFile.Shape.settings, .eventMap] where shape == .settings || !old.contains("hooks") {
      let file = file(shape)
      let added = try file.adding(registration, to: text(old))
      #expect(added != text(old))
      #expect(try file.adding(registration, to: added) == added, "not idempotent")
      let commands = try file.commands(in: added).filter { $0.command == registration.command }.map(\.event)
      #expect(commands.sorted() == Registration.events(of: harness).sorted())
      let removed = try file.removing(harness, from: added)
      #expect(removed == text(old))
      #expect(try file.removing(harness, from: text(old)) == text(old))
    }
  }

  @Test("a file that we made goes when nothing else is in it, and stays when there is")
  func ownFile() throws {
    let registration = Registration(.claude, command: "track-hook claude")
    for shape in [SettingsFile.Shape.settings, .eventMap] {
      let fresh = try file(shape).adding(registration, to: nil)
      #expect(try file(shape).removing(.claude, from: fresh) == nil)
      let more = String(decoding: fresh.bytes, as: UTF8.self).replacing(
        "{\n  \"", with: "{\n  \"mine\": [],\n  \"", maxReplacements: 1)
      #expect(try file(shape).removing(.claude, from: text(more)) == text("{\n  \"mine\": []\n}\n"))
    }
  }

  @Test("everything else stays to the byte")
  func surroundings() throws {
    for old in Self.corpus where old.contains("kept") {
      let added = try file().adding(Registration(.droid, command: "track-hook droid"), to: text(old))
      let new = String(decoding: added.bytes, as: UTF8.self)
      for part in [
        "\"permissions\": { \"allow\": [\"Bash(ls:*)\"], \"deny\": [] },", "\"Unknown\": \"kept\"",
        "1.50e+3, \"dup\": 1, \"dup\": 2\n}\n",
      ] {
        #expect(new.contains(part))
      }
      #expect(new.contains("\"command\": \"check\" } ] } ],\n") || new.contains("\"command\": \"check\" } ] },\n"))
    }
  }

  @Test("a registration of another place is brought up to date, not doubled")
  func update() throws {
    let old = try file().adding(Registration(.claude, command: "'/old place/track-hook' claude"), to: text("{}"))
    let new = try file().adding(Registration(.claude, command: "/new/track-hook claude"), to: old)
    let commands = try file().commands(in: new)
    #expect(commands.count == Registration.events(of: .claude).count)
    #expect(commands.allSatisfy { $0.command == "/new/track-hook claude" })
  }

  @Test("a handler that somebody put beside ours stays")
  func neighbour() throws {
    let ours = #"{"type": "command", "command": "track-hook claude"}"#
    let theirs = #"{"type": "command", "command": "mine"}"#
    for both in ["\(ours), \(theirs)", "\(theirs), \(ours)"] {
      let old = #"{"hooks": {"Stop": [{"hooks": [\#(both)]}]}}"#
      #expect(try file().removing(.claude, from: text(old)) == text(#"{"hooks": {"Stop": [{"hooks": [\#(theirs)]}]}}"#))
    }
  }

  @Test(
    "what is not to be understood is refused",
    arguments: [
      "// comment\n{}", "{\"a\": 1,}", "[]", "null", "{\"hooks\": []}", "{\"hooks\": {\"Stop\": {}}}",
      "{\"hooks\": {}, \"hooks\": {}}", "{\"hooks\": {\"Stop\": [], \"Stop\": []}}", "{} {}", "{\"a\": \"\u{1}\"}",
    ])
  func refused(old: String) {
    #expect(throws: SettingsError.self) {
      try file().adding(Registration(.claude, command: "track-hook claude"), to: text(old))
    }
  }

  @Test("the place of a mistake is told")
  func place() {
    #expect(throws: SettingsError.notJSON(path: "settings.json", line: 2, column: 3, problem: "expected a key")) {
      try file().commands(in: text("{\n  // comment\n}"))
    }
  }

  @Test(
    "ours is a call of track-hook and nothing else; what holds more is told of",
    arguments: [
      ("track-hook claude", true, false), ("/a/b/track-hook claude", true, false),
      ("'/a b/track-hook' claude", true, false),
      ("\"/a b/track-hook\"  claude ", true, false), ("'/it'\\''s/track-hook' claude", true, false),
      ("/a\\ b/track-hook 'claude'", true, false),
      ("exec track-hook claude", false, true), ("track-hook claude --x", false, true),
      ("A=1 track-hook claude", false, true),
      ("touch X; track-hook claude", false, true), ("track-hook claude;touch X", false, true),
      ("track-hook claude\ntouch X", false, true), ("track-hook claude\\\n", false, true),
      ("track-hook claude>x", false, true), ("track-hook claude 2>&1", false, true),
      ("track-hook claude&", false, true),
      ("(track-hook claude)", false, true), ("$(x)/track-hook claude", false, true),
      ("`x` track-hook claude", false, true),
      ("\"$HOME/track-hook\" claude", false, true), ("~/track-hook claude", false, true),
      ("x=/track-hook claude", false, true),
      ("*/track-hook claude", false, true), ("track-hook claude #", false, true),
      ("{a,b}/track-hook claude", false, true),
      ("echo use track-hook claude >>notes", false, true), ("\"track-hook claude\"", false, false),
      ("'track-hook' 'claude", false, true), ("track-hook claude\\", false, true),
      ("track-hook droid", false, false), ("track-hook", false, false), ("track-hook claudette", false, false),
      ("my-track-hook claude", false, false), ("claude track-hook", false, false), ("echo", false, false),
      ("", false, false),
    ])
  func commands(command: String, isOurs: Bool, isMixed: Bool) {
    #expect(Registration.isOurs(command, .claude) == isOurs)
    #expect(Registration.isMixed(command, .claude) == isMixed)
  }

  @Test(
    "a path with anything in it is one word that is known again",
    arguments: [
      "/a b/track-hook", "/it's/track-hook", "/\"$x`\\/track-hook", "/\n;&/track-hook", "/e\u{301}/track-hook",
    ])
  func paths(path: String) {
    let command = HookCommand.line(.claude, .user, executable: path, search: nil)
    #expect(Registration.tool(in: command, .claude) == path)
  }

  @Test("a file that somebody wrote stays, though it holds nothing but ours")
  func emptied() throws {
    let old = #"{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "track-hook claude"}]}]}}"#
    #expect(try file().removing(.claude, from: text(" \(old)\n")) == text(" {}\n"))
  }
}
