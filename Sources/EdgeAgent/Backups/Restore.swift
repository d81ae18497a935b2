import ArgumentParser
import Foundation

/// `edge-agent restore`
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup where the box looks for its database, which must not be there.",
        discussion: """
            Run it while the box is stopped. What was sold since the backup the box does not know; what the centre had of it \
            is still there. Settings are those of serve.
            """
    )

    @Option(help: "The file that edge-agent backup wrote.")
    var from: String

    @Option(help: "A JSON file with settings; the environment comes before it.")
    var config: String?

    func run() async throws {
        let settings = try await EdgeSettings(file: config, environment: ProcessInfo.processInfo.environment)
        try await BoxBackup.restore(from: from, to: settings.databaseFile)
        let text = "Restaurado en \(settings.databaseFile). La caja sigue en la central con una época nueva.\n"
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
