import Foundation
import Shared

/// Loads a full export into an empty centre: all of it, or nothing.
struct FullImport: Sendable {
    let database: any CentralDatabase

    /// - Parameter finish: Runs in the same transaction, after the rows are there.
    /// - Throws: ``ImportError``; ``CopyError``; ``CentralDatabaseError``.
    func load(
        _ folder: ExportFolder,
        finish: @escaping @Sendable (any SQLSession, ExportManifest) throws -> Void = { _, _ in }
    ) async throws {
        let manifest = try folder.manifest()
        guard manifest.kind == .full else { throw ImportError.wrongKind }
        guard manifest.schema == CentralMigration.all.last?.id else { throw ImportError.otherSchema(manifest.schema) }
        try await database.write(.long, .serial) { session in
            for table in CentralMigration.tables {
                guard try session.first("SELECT 1 AS one FROM \(table) LIMIT 1") == nil else {
                    throw ImportError.notEmpty("table \(table)")
                }
            }
            // Opened anew each time: the transaction may run more than once.
            let reader = try ExportReader(path: folder.path(ExportFolder.dataName))
            var tables: [ExportManifest.Table] = []
            while let table = try reader.nextTable() {
                // The name stands in SQL that is made of it.
                guard CentralMigration.tables.contains(table.name) else { throw ImportError.damaged(table.name) }
                tables.append(try Self.load(table, from: reader, into: session))
            }
            for (found, said) in zip(tables, manifest.tables) where found != said {
                throw ImportError.damaged("table \(said.name)")
            }
            guard tables.count == manifest.tables.count else { throw ImportError.damaged(ExportFolder.dataName) }
            try finish(session, manifest)
        }
    }

    private static func load(
        _ table: (name: String, columns: [String]),
        from reader: ExportReader,
        into session: any CopySession
    ) throws -> ExportManifest.Table {
        let known = Set(try session.columns(of: table.name).map(\.name))
        guard table.columns.allSatisfy(known.contains) else { throw ImportError.damaged("table \(table.name)") }
        var digest = RunningDigest()
        let count = try session.copyIn(table.name, columns: table.columns) {
            let chunk = try reader.nextChunk()
            if let chunk { digest.add(chunk) }
            return chunk
        }
        guard let sha256 = digest.digest else { throw ImportError.damaged("table \(table.name)") }
        return ExportManifest.Table(name: table.name, rows: Int64(count), sums: [:], sha256: sha256)
    }
}
