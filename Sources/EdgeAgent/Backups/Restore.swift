import ArgumentParser
import Foundation

/// `edge-agent restore`
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup where the box looks for its database, which must not be there.",
        discussion: """
            Run it while the box is stopped. What was sold by card since the backup the box finds out from Conekta and the \
            routers when it starts, and takes no cards until it has; sales for cash since then it does not know any more. What \
            the centre had is still there. Settings are those of serve.
            """
    )

    @Option(help: "The file that edge-agent backup wrote.")
    var from: String

    @Option(help: "A JSON file with settings; the environment comes before it.")
    var config: String?

    func run() async throws {
        let settings = try await EdgeSettings(file: config, environment: ProcessInfo.processInfo.environment)
        try await BoxBackup.restore(from: from, to: settings.databaseFile)
        let text = """
            Restaurado en \(settings.databaseFile). La caja sigue en la central con una época nueva, \
            y al arrancar averigua qué vendió con tarjeta desde el respaldo.

            """
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
