import ArgumentParser
import Foundation

/// `edge-agent backup`
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the box's database to a file, also while the box runs.",
        discussion: """
            It holds all that was sold, with names and e-mail addresses of buyers, and the site document with its keys. \
            Settings are those of serve.
            """
    )

    @Option(help: "The file to write; it must not be there yet.")
    var out: String

    @Option(help: "A JSON file with settings; the environment comes before it.")
    var config: String?

    func run() async throws {
        let settings = try await EdgeSettings(file: config, environment: ProcessInfo.processInfo.environment)
        try BoxBackup.write(from: settings.databaseFile, to: out)
        FileHandle.standardOutput.write(Data("Respaldo en \(out).\n".utf8))
    }
}
