import Glibc
import Testing

@testable import TrackCore

@Suite("Finding the project") struct ProjectTests {
  /// What is there, where the work goes on, and where the project is; all below a directory that is `HOME/src`.
  private static let table: [(files: [String], directory: String, root: String)] = [
    (["app/droid-forge.yaml"], "app", "app"),
    (["app/droid-forge.yaml"], "app/a/b/c", "app"),
    (["app/.droid-forge/"], "app/a", "app"),
    (["app/.factory/"], "app/a", "app"),
    (["app/.git/"], "app/a", "app"),
    (["app/.git"], "app/a", "app"),
    // The nearest of one kind.
    (["droid-forge.yaml", "app/droid-forge.yaml"], "app/a", "app"),
    (["app/droid-forge.yaml", "app/a/.droid-forge/"], "app/a", "app/a"),
    // A stronger kind further up wins over a weaker one nearby.
    (["app/droid-forge.yaml", "app/a/.factory/"], "app/a", "app"),
    (["app/.droid-forge/", "app/a/.git/"], "app/a", "app"),
    (["app/.factory/", "app/a/.git/"], "app/a", "app"),
    // What only has the name is none.
    (["app/.git/", "app/a/droid-forge.yaml/"], "app/a", "app"),
    (["app/.git/", "app/a/.droid-forge"], "app/a", "app"),
    (["app/.git/", "app/a/.factory"], "app/a", "app"),
  ]

  private func prepared(_ files: [String], _ directory: String) throws -> Scene {
    let scene = try Scene()
    try scene.makeDirectory("\(scene.root)/src/\(directory)")
    for file in files {
      try scene.makeDirectory("\(scene.root)/src/\(file.hasSuffix("/") ? file : Path.parent("/" + file))")
      if !file.hasSuffix("/") { try scene.write("", to: "\(scene.root)/src/\(file)") }
    }
    return scene
  }

  private func find(
    _ scene: Scene, _ directory: String, _ variables: [String: String] = [:], named: String? = nil
  ) throws -> Project {
    var environment = ["HOME": scene.root]
    environment.merge(variables) { $1 }
    return try Project.find(
      named: named,
      in: Surroundings(
        machine: scene.machine, directory: "\(scene.root)/\(directory)", environment: environment, caller: 1))
  }

  @Test("the nearest of the strongest kind", arguments: table)
  func discovery(files: [String], directory: String, root: String) throws {
    let scene = try prepared(files, directory)
    let project = try find(scene, "src/\(directory)")
    #expect(project.root == "\(scene.root)/src/\(root)")
    #expect(project.configurationFile == "\(project.root)/droid-forge.yaml")
    #expect(project.name == Path.name(root))
  }

  @Test(
    "HOME is nobody's project, nor is what lies above it",
    arguments: ["../.factory/", "../.git/", "../droid-forge.yaml", "../.droid-forge/"])
  func home(file: String) throws {
    let scene = try prepared([file], "app")
    let project = try find(scene, "src/app")
    #expect(project.root.hasPrefix("\(scene.root)/.local/state/droid-forge/app-"))
    #expect(project.root.count == "\(scene.root)/.local/state/droid-forge/app-01234567".count)
    #expect(try find(scene, "src/app").root == project.root)
    #expect(try find(scene, "src").root != project.root)
    try #require(unsafe symlink(scene.root, "\(scene.root)-link") == 0)
    for home in [scene.root, "\(scene.root)/", "\(scene.root)-link"] {
      for directory in ["src/app", ""] {
        let root = try find(scene, directory, ["HOME": home, "XDG_STATE_HOME": "/state"]).root
        #expect(root.hasPrefix("/state/droid-forge/"), "\(home) \(directory)")
      }
    }
  }

  @Test("XDG_STATE_HOME is where work outside of projects is recorded")
  func stateHome() throws {
    let scene = try prepared([], "app")
    let project = try find(scene, "src/app", ["XDG_STATE_HOME": "\(scene.root)/state"])
    #expect(project.root.hasPrefix("\(scene.root)/state/droid-forge/app-"))
    let surroundings = Surroundings(
      machine: scene.machine, directory: project.root, environment: ["HOME": scene.root], caller: 1)
    #expect(try Journal(of: project, in: surroundings).start(Start(task: TaskID("1"))).execution != nil)
  }

  @Test("--project, then TRACK_PROJECT, then discovery; relative to the working directory")
  func named() throws {
    let scene = try prepared(["app/droid-forge.yaml"], "app/a")
    try scene.makeDirectory("\(scene.root)/other")
    let variables = ["TRACK_PROJECT": "\(scene.root)/other"]
    #expect(try find(scene, "src/app/a", variables).root == "\(scene.root)/other")
    #expect(try find(scene, "src/app", variables, named: "./a/").root == "\(scene.root)/src/app/a")
    #expect(try find(scene, "src/app/a", ["TRACK_PROJECT": ""]).root == "\(scene.root)/src/app")
    #expect(
      refusal { try find(scene, "src", named: "none") } == .noProject(path: "none", reason: "no such directory"))
    #expect(
      refusal { try find(scene, "src/app", named: "droid-forge.yaml") }
        == .noProject(path: "droid-forge.yaml", reason: "no such directory"))
  }

  @Test("a configuration that is named must be there")
  func namedConfiguration() throws {
    let scene = try Scene()
    let project = Project(root: scene.root, configurationFile: "\(scene.root)/none.yaml")
    let surroundings = Surroundings(machine: scene.machine, directory: scene.root, environment: [:], caller: 1)
    guard case .configuration(let text)? = refusal({ try Journal(of: project, in: surroundings) }) else {
      Issue.record("another error")
      return
    }
    #expect(text.contains("none.yaml"))
    #expect(throws: Never.self) { try Journal(of: scene.project, in: surroundings) }
  }
}
