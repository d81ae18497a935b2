import ArgumentParser
import Foundation
import Logging

/// `central-sync import`
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load a full export into an empty database: the way from SQLite to PostgreSQL and back.",
        discussion: """
            Stop the centre the export is from first: what it takes afterwards would not be here. FICHAS_MASTER_KEY (or \
            JWT_APIKEY_SECRET) must stay what it was, or nobody can open what is sealed.
            """
    )

    @OptionGroup var options: SettingOptions

    @Option(help: "The folder of a full export.")
    var from: String

    func run() async throws {
        let database = try await CentralDatabaseOpener.open(
            options.databaseURL(),
            logger: Logger(label: "central-sync")
        )
        let folder = ExportFolder(existing: from)
        try await FullImport(database: database).load(folder)
        let rows = try folder.manifest().tables.reduce(0) { $0 + $1.rows }
        FileHandle.standardOutput.write(Data("\(rows) row(s)\n".utf8))
    }
}
