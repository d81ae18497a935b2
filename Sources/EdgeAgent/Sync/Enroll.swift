import ArgumentParser
import Foundation
import Logging
import Outbound
import ServerKit
import Shared
import Store

/// `edge-agent enroll`
struct Enroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make this box one of a centre's, with the one-time code that the centre shows.",
        discussion: "Run it while the box is stopped, as the user the box runs as. Settings are those of serve."
    )

    @Argument(help: "The one-time code.")
    var code: String

    @Option(help: "The centre's address, https://…")
    var centre: String

    @Option(help: "A JSON file with settings; the environment comes before it.")
    var config: String?

    func run() async throws {
        let settings = try await EdgeSettings(file: config, environment: ProcessInfo.processInfo.environment)
        var logger = Logger(label: "edge-agent")
        logger.logLevel = settings.logLevel
        let outbound = try OutboundClient(logger: logger)
        let database = try await BoxDatabase.open(path: settings.databaseFile)
        let summary: String
        do {
            summary = try await Enrolling(settings: settings, database: database, outbound: outbound)
                .run(code: code, centreURL: centre.hasSuffix("/") ? String(centre.dropLast()) : centre)
        } catch {
            try database.close()
            throw error
        }
        try database.close()
        FileHandle.standardOutput.write(Data((summary + "\n").utf8))
    }
}
