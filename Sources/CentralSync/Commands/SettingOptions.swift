import ArgumentParser
import Foundation

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
}
