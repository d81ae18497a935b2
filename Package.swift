// swift-tools-version: 6.3
import PackageDescription

/// The same language rules in every target of ours: Swift 6 mode, the upcoming features, warnings as errors.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTestUtils = Target.Dependency.product(name: "NIOTestUtils", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "fichas",
    products: [
        .executable(name: "central-sync", targets: ["CentralSync"]),
        .executable(name: "edge-agent", targets: ["EdgeAgent"]),
        .executable(name: "simulator", targets: ["Simulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: Words and pure cores
        .target(name: "Shared", dependencies: [crypto], swiftSettings: house),
        .target(name: "Purchasing", dependencies: ["Shared"], swiftSettings: house),

        // MARK: Protocols and stores
        .target(
            name: "RouterOS",
            dependencies: ["Shared", crypto, logging, nio, nioPosix, nioSSL, serviceLifecycle],
            swiftSettings: house
        ),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "Outbound", dependencies: ["CCurl", "Shared", logging, serviceLifecycle], swiftSettings: house),
        .target(name: "Conekta", dependencies: ["Outbound", "Shared", logging], swiftSettings: house),
        .target(name: "Store", dependencies: ["Shared", grdb, logging], swiftSettings: house),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(name: "Postgres", dependencies: ["CLibPQ", "Shared", logging, serviceLifecycle], swiftSettings: house),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "ServerKit",
            dependencies: [
                "CZlib", "Outbound", "Shared", crypto, cryptoExtras, httpTypes, hummingbird, logging, metrics, nio,
                nioHTTPTypes, serviceLifecycle,
            ],
            swiftSettings: house
        ),

        // MARK: Simulators
        .target(
            name: "RouterOSSimulator",
            dependencies: [
                "RouterOS", "Shared", crypto, hummingbird, logging, nio, nioPosix, nioSSL, serviceLifecycle,
            ],
            swiftSettings: house
        ),
        .target(
            name: "ConektaSimulator",
            dependencies: ["Shared", hummingbird, logging, nio, serviceLifecycle],
            swiftSettings: house
        ),

        // MARK: Programs
        .executableTarget(
            name: "Simulator",
            dependencies: [
                "ConektaSimulator", "RouterOSSimulator", "Shared", argumentParser, crypto, logging, serviceLifecycle,
                unixSignals,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "EdgeAgent",
            dependencies: [
                "CQREncode", "Conekta", "Outbound", "Purchasing", "RouterOS", "ServerKit", "Shared", "Store",
                argumentParser, configuration, crypto, grdb, httpTypes, hummingbird, logging, metrics, mustache, nio,
                nioPosix, serviceLifecycle, unixSignals,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "CentralSync",
            dependencies: [
                "Conekta", "Outbound", "Postgres", "ServerKit", "Shared", "Store", argumentParser, crypto, grdb,
                grdbSQLite, httpTypes, hummingbird, logging, metrics, nio, serviceLifecycle, unixSignals,
            ],
            swiftSettings: house
        ),

        // MARK: Tests
        .target(
            name: "TestSupport",
            dependencies: ["Shared"],
            path: "Tests/TestSupport",
            swiftSettings: house
        ),
        .testTarget(
            name: "SharedTests",
            dependencies: ["Shared", "TestSupport"],
            exclude: ["Sync/Recorded", "Sync/schema_check.py"],
            swiftSettings: house
        ),
        .testTarget(name: "PurchasingTests", dependencies: ["Purchasing", "Shared"], swiftSettings: house),
        .testTarget(
            name: "RouterOSTests",
            dependencies: [
                "RouterOS", "RouterOSSimulator", "Shared", "TestSupport", logging, nio, nioEmbedded, nioPosix, nioSSL,
                nioTestUtils, serviceLifecycle,
            ],
            exclude: ["Corpus"],
            swiftSettings: house
        ),
        .testTarget(
            name: "RouterOSSimulatorTests",
            dependencies: ["RouterOS", "RouterOSSimulator", "Shared", "TestSupport", logging, nio, nioPosix],
            exclude: ["librouteros_check.py"],
            swiftSettings: house
        ),
        .testTarget(
            name: "OutboundTests",
            dependencies: ["Outbound", "Shared", "TestSupport", logging, serviceLifecycle],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConektaTests",
            dependencies: ["Conekta", "ConektaSimulator", "Outbound", "Shared", "TestSupport", logging],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConektaSimulatorTests",
            dependencies: ["ConektaSimulator", "Shared", "TestSupport", hummingbird, hummingbirdTesting, logging],
            exclude: ["Browser/card_form_check.py"],
            swiftSettings: house
        ),
        .testTarget(name: "StoreTests", dependencies: ["Store", "Shared", "TestSupport", grdb], swiftSettings: house),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["Postgres", "Shared", "TestSupport", logging, serviceLifecycle],
            swiftSettings: house
        ),
        .testTarget(
            name: "ServerKitTests",
            dependencies: [
                "ServerKit", "Shared", "TestSupport", httpTypes, hummingbird, hummingbirdTesting, logging, metrics, nio,
                nioEmbedded, nioHTTPTypes, nioPosix, serviceLifecycle,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "EdgeAgentTests",
            dependencies: [
                "EdgeAgent", "Conekta", "ConektaSimulator", "Outbound", "Purchasing", "RouterOS", "RouterOSSimulator",
                "ServerKit", "Shared", "Store", "TestSupport", grdb, httpTypes, hummingbird, hummingbirdTesting,
                logging, nio, serviceLifecycle,
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "CentralSyncTests",
            dependencies: [
                "CentralSync", "Conekta", "ConektaSimulator", "EdgeAgent", "Outbound", "Purchasing", "ServerKit",
                "Shared", "Store", "TestSupport", crypto, grdb, httpTypes, hummingbird, hummingbirdTesting, logging,
                nio, serviceLifecycle,
            ],
            exclude: ["Exports/sql_check.py"],
            swiftSettings: house
        ),
        .testTarget(
            name: "SystemTests",
            dependencies: ["Shared", "TestSupport"],
            exclude: ["Description/exchange_check.py"],
            swiftSettings: house
        ),
        .testTarget(
            name: "BrowserTests",
            dependencies: ["EdgeAgent", "Purchasing", "Shared", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: house),
    ]
)

// libFuzzer brings its own `main`, so this target links only with `--sanitize=fuzzer`: see `scripts/fuzz`.
if Context.environment["FUZZ"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "RouterOSFuzz",
            dependencies: ["RouterOS", "Shared", nio],
            path: "Tests/RouterOSFuzz",
            exclude: ["words.dict"],
            swiftSettings: house
        )
    )
}

// Only `scripts/bench` needs it: everyday builds and tests are spared the time.
if Context.environment["BENCH"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Postgres", "Shared", "Store", "TestSupport", argumentParser, grdb, grdbSQLite, logging, nio, nioPosix,
                unixSignals,
            ],
            path: "Benchmarks",
            swiftSettings: house
        )
    )
}
