import ArgumentParser
import Foundation
import Logging
import ServerKit

/// `central-sync serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the centre until it is told to stop.",
        discussion: """
            Settings, from the environment, a .env file, or a JSON file (key in brackets). Secrets also from a file named by \
            NAME_FILE, or from a systemd credential of the variable's name:
            \(CentralSetting.documentation)
            """
    )

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let settings = try CentralSettings(options.sources(environment))
        let hasPriority = JSONLogHandler.isJournal(environment)
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, hasPriority: hasPriority) }
        var logger = Logger(label: "central-sync")
        logger.logLevel = settings.logLevel
        let composition = try await Composition(settings: settings, environment: environment, logger: logger)
        try await composition.run()
    }
}
