import Foundation
import Logging
import Shared

/// A backup of the centre in a folder: the SQLite file, or a full export of PostgreSQL.
struct BackupFolder: Sendable {
    private static let fileName = "centre.sqlite"

    let folder: ExportFolder

    // MARK: Writing

    func write(from reader: any CentralReader, at now: Timestamp) async throws -> ExportManifest {
        guard let sqlite = reader as? SQLiteCentralReader else {
            return try await folder.write(.full, scope: ExportScope(), from: reader, at: now)
        }
        let path = folder.path(Self.fileName)
        try sqlite.backUp(to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        var manifest = ExportManifest(kind: .sqlite, createdAt: now)
        manifest.files = [try Self.measure(path)]
        try folder.write(manifest)
        return manifest
    }

    /// Reads a file through, and has it on the disk when it returns.
    private static func measure(_ path: String) throws -> ExportManifest.File {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        var digest = RunningDigest()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { digest.add(Array(piece)) }
        try handle.synchronize()
        try handle.close()
        guard let sha256 = digest.digest else { throw ImportError.damaged(path) }
        return ExportManifest.File(name: fileName, bytes: digest.byteCount, sha256: sha256)
    }

    // MARK: Reading

    /// - Throws: ``ImportError``, with nothing changed; the database's errors.
    func restore(to url: DatabaseURL, at now: Timestamp, logger: Logger) async throws -> ExportManifest {
        let manifest = try folder.manifest()
        switch (manifest.kind, url) {
        case (.full, _):
            let database = try await CentralDatabaseOpener.open(url, logger: logger)
            try await FullImport(database: database).load(folder) { session, manifest in
                try Restoration(backupAt: manifest.createdAt, now: now).run(in: session)
            }
        case (.sqlite, .sqlite(let path)): try await restoreFile(manifest, to: path, at: now)
        default: throw ImportError.wrongKind
        }
        return manifest
    }

    /// The copy gets its name when all is done: whatever fails before leaves no database there.
    private func restoreFile(_ manifest: ExportManifest, to path: String, at now: Timestamp) async throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw ImportError.notEmpty(path) }
        let source = folder.path(Self.fileName)
        guard try manifest.files == [Self.measure(source)] else { throw ImportError.damaged(Self.fileName) }
        let copy = path + ".restoring"
        for leftover in [copy, copy + "-wal", copy + "-shm"] { try? FileManager.default.removeItem(atPath: leftover) }
        try FileManager.default.copyItem(atPath: source, toPath: copy)
        let database = try SQLiteCentralDatabase(path: copy)
        try await database.write { try Restoration(backupAt: manifest.createdAt, now: now).run(in: $0) }
        try database.close()
        try? FileManager.default.removeItem(atPath: copy + ".lock")
        try FileManager.default.moveItem(atPath: copy, toPath: path)
    }
}
