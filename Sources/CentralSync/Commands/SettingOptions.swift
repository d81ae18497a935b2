import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle

/// The options of every command that reads settings.
struct SettingOptions: ParsableArguments {
    @Option(help: "A JSON file with settings; all else comes before it.")
    var config: String?

    @Option(help: "A .env file; without this option, .env in the working directory if there is one.")
    var envFile: String?

    /// - Throws: ``CentralSettingsError``.
    func sources(_ environment: [String: String]) throws(CentralSettingsError) -> SettingSources {
        let usual = FileManager.default.fileExists(atPath: ".env") ? ".env" : nil
        return try SettingSources(environment: environment, dotEnvFile: envFile ?? usual, documentFile: config)
    }

    /// What `DATABASE_URL` says.
    ///
    /// - Throws: ``CentralSettingsError``.
    func databaseURL() throws -> DatabaseURL {
        try CentralSettings.databaseURL(sources(ProcessInfo.processInfo.environment))
    }

    /// Opens the database that `DATABASE_URL` names, which must be there already.
    ///
    /// - Throws: What is wrong with the settings, or with the database.
    func openDatabase() async throws -> any CentralDatabase & Service {
        try await CentralDatabaseOpener.open(existingDatabaseURL(), logger: Logger(label: "central-sync"))
    }

    /// As ``openDatabase()``, to read from, also while the centre runs.
    func openReader() throws -> any CentralReader {
        try CentralDatabaseOpener.openToRead(existingDatabaseURL(), logger: Logger(label: "central-sync"))
    }

    private func existingDatabaseURL() throws -> DatabaseURL {
        let url = try databaseURL()
        // Opening would create the file that is missing.
        if case .sqlite(let path) = url, !FileManager.default.fileExists(atPath: path) {
            throw ValidationError("there is no database at \(path)")
        }
        return url
    }
}
