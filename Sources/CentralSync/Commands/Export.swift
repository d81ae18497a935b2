import ArgumentParser
import Foundation
import Shared

/// `central-sync export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write what was sold as SQL or CSV, or the whole centre for moving it.",
        discussion: """
            Safe while the centre runs. postgresql: fichas.sql, loaded with psql -v ON_ERROR_STOP=1 -f fichas.sql, once or \
            again. csv: a file for each table. full: the whole centre for central-sync import, with sealed secrets and \
            password hashes: keep it as you keep the database. Beside them stands manifest.json.
            """
    )

    @OptionGroup var options: SettingOptions

    @Option(help: "postgresql, csv or full.")
    var format: ExportFolder.Format

    @Option(help: "The folder to write to; it must be empty or not there yet.")
    var out: String

    @Option(help: "Only ventas that came in since, as 2026-11-22T00:00:00Z.")
    var since: String?

    @Option(help: "The id of one empresa.")
    var empresa: String?

    func run() async throws {
        let reader = try options.openReader()
        let scope = try await scope(reader)
        let folder = try ExportFolder(new: out)
        let manifest = try await folder.write(format, scope: scope, from: reader, at: WallClock.system.now)
        let lines = manifest.tables.map { "\($0.name) \($0.rows)\n" }.joined()
        FileHandle.standardOutput.write(Data(lines.utf8))
    }

    private func scope(_ reader: any CentralReader) async throws -> ExportScope {
        if format == .full, since != nil || empresa != nil {
            throw ValidationError("a full export holds all: --since and --empresa are for the others")
        }
        let time = try since.map { text in
            guard let time = Timestamp(rfc3339: text) else {
                throw ValidationError("--since is no time such as 2026-11-22T00:00:00Z")
            }
            return time
        }
        if let empresa {
            let isThere = try await reader.read { session in
                try session.first("SELECT 1 AS one FROM empresa WHERE empresa_id = $1", [.text(empresa)]) != nil
            }
            guard isThere else { throw ValidationError("there is no empresa \(empresa)") }
        }
        return ExportScope(since: time, empresaID: empresa)
    }
}

extension ExportFolder.Format: ExpressibleByArgument {}
