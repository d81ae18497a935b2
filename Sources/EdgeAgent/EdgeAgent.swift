import ArgumentParser
import Foundation
import Logging
import ServerKit
import ServiceLifecycle
import Shared

/// The box's program.
@main
struct EdgeAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edge-agent",
        abstract: "Sells fichas at one site: portal, card payments, MikroTik.",
        subcommands: [Serve.self, Enroll.self, CheckSite.self, HashPIN.self, Backup.self, Restore.self]
    )
}

/// `edge-agent serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the box until it is told to stop.",
        discussion:
            "Settings, from the environment or from a JSON file (key in brackets):\n\(EdgeSettings.documentation)"
    )

    @Option(help: "A JSON file with settings; the environment comes before it.")
    var config: String?

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let settings = try await EdgeSettings(file: config, environment: environment)
        let hasPriority = JSONLogHandler.isJournal(environment)
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, hasPriority: hasPriority) }
        var logger = Logger(label: "edge-agent")
        logger.logLevel = settings.logLevel
        for warning in settings.warnings { logger.warning("\(warning)") }
        let composition = try await Composition(settings: settings, environment: environment, logger: logger)
        try await composition.run()
    }
}

/// `edge-agent check-site`
struct CheckSite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-site",
        abstract: "Read a site document and say what is wrong with it."
    )

    @Argument(help: "Path of the site document.")
    var file: String

    func run() async throws {
        let snapshot = try SiteFile.read(file)
        let summary = "ok: \(snapshot.routers.count) router(s), \(snapshot.products.count) product(s)\n"
        FileHandle.standardOutput.write(Data(summary.utf8))
    }
}
