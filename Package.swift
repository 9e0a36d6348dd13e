// swift-tools-version: 6.2
import PackageDescription

/// Every tool is a name of one executable; `Sources/Tools/Main.swift` dispatches on it.
let tools = [
  "task-start", "task-progress", "task-done", "task-fail", "task-run",
  "track-event", "track-hook", "track-sweep", "track-metrics", "track-export", "track-shell", "track-verify",
]

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Not for TrackCore: Swift 6.3 attributes the members of `timespec` to a private module in release builds.
let strictImports: [SwiftSetting] = strict + [.enableUpcomingFeature("MemberImportVisibility")]

/// A static, stripped executable starts in a third of the time of a dynamic one and runs where Swift is not installed.
///
/// `release.ld` leaves out what only debuggers and C++ exceptions read; it needs lld, which comes with the toolchain. The
/// three libraries are what static Foundation and Synchronization leave for their users to name.
let staticExecutable: [LinkerSetting] = [
  .unsafeFlags(
    [
      "-static-executable", "-use-ld=lld", "-Xlinker", "--gc-sections", "-Xlinker", "--strip-all",
      "-Xlinker", "--script=\(Context.packageDirectory)/Sources/Tools/release.ld",
    ],
    .when(configuration: .release)),
  .linkedLibrary("_FoundationCShims", .when(configuration: .release)),
  .linkedLibrary("_FoundationCollections", .when(configuration: .release)),
  .linkedLibrary("swiftSynchronization", .when(configuration: .release)),
]

let package = Package(
  name: "droid-track",
  products: tools.map { .executable(name: $0, targets: ["Tools"]) } + [
    .library(name: "TrackCore", targets: ["TrackCore"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CExchange"),
    .target(name: "CSpawn"),
    .target(
      name: "TrackCore", dependencies: ["CCrypto", "CExchange", "CSpawn", "CYAML", "CZlib"], swiftSettings: strict),
    .target(name: "TrackMetrics", dependencies: ["TrackCore"], swiftSettings: strictImports),
    .target(name: "TrackExport", dependencies: ["TrackCore", "TrackMetrics"], swiftSettings: strictImports),
    .target(name: "TrackHooks", dependencies: ["TrackCore"], swiftSettings: strictImports),
    .target(name: "TrackVerify", dependencies: ["TrackCore"], swiftSettings: strictImports),
    .executableTarget(
      name: "Tools",
      dependencies: [
        "TrackCore", "TrackExport", "TrackHooks", "TrackMetrics", "TrackVerify",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["release.ld"], swiftSettings: strictImports, linkerSettings: staticExecutable),
    .testTarget(
      name: "TrackCoreTests", dependencies: ["TrackCore"], swiftSettings: strict),
    .testTarget(
      name: "TrackHooksTests", dependencies: ["TrackCore", "TrackHooks"], swiftSettings: strict),
    .testTarget(
      name: "TrackMetricsTests", dependencies: ["TrackCore", "TrackMetrics"],
      swiftSettings: strict),
    .testTarget(
      name: "TrackExportTests", dependencies: ["TrackCore", "TrackExport", "TrackMetrics"],
      swiftSettings: strict),
    .testTarget(
      name: "TrackVerifyTests", dependencies: ["TrackCore", "TrackVerify"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
