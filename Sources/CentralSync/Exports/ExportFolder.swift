import Foundation
import Shared

/// An export in a folder of its own: its files, and a manifest that is written last. A folder without one is no export.
struct ExportFolder: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case postgresql, csv
        /// For moving a centre, and its backup on PostgreSQL.
        case full
    }

    static let manifestName = "manifest.json"
    static let dataName = "fichas.sql"

    let url: URL

    /// Makes the folder.
    ///
    /// - Throws: When it cannot be made, or there is something in it.
    init(new path: String) throws {
        url = URL(filePath: path)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        guard try FileManager.default.contentsOfDirectory(atPath: path).isEmpty else {
            throw CocoaError(.fileWriteFileExists, userInfo: [NSFilePathErrorKey: path])
        }
    }

    init(existing path: String) {
        url = URL(filePath: path)
    }

    // MARK: Writing

    func write(
        _ format: Format,
        scope: ExportScope,
        from reader: any CentralReader,
        at now: Timestamp
    ) async throws -> ExportManifest {
        let manifest = try await reader.read(.long) { session in
            let exporter = Exporter(session: session, now: now, scope: scope)
            switch format {
            case .postgresql: return try writeOne(exporter.writeSQL)
            case .full: return try writeOne(exporter.writeFull)
            case .csv: return try writeCSV(exporter)
            }
        }
        try write(manifest)
        return manifest
    }

    func write(_ manifest: ExportManifest) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = try ExportFile(Self.manifestName, in: url)
        try file.write(Array(encoder.encode(manifest)) + [UInt8(ascii: "\n")])
        _ = try file.close()
    }

    private func writeOne(_ write: (Exporter.Output) throws -> ExportManifest) throws -> ExportManifest {
        let file = try ExportFile(Self.dataName, in: url)
        var manifest = try write(file.write)
        manifest.files = [try file.close()]
        return manifest
    }

    private func writeCSV(_ exporter: Exporter) throws -> ExportManifest {
        var manifest = try exporter.manifest(.analytic)
        let schema = try ExportFile("schema.sql", in: url)
        try schema.write(Array(ExportSQL.schema.utf8))
        manifest.files.append(try schema.close())
        for table in ExportTable.all {
            let file = try ExportFile(table.name + ".csv", in: url)
            manifest.tables.append(try exporter.writeCSV(table, to: file.write))
            manifest.files.append(try file.close())
        }
        return manifest
    }

    // MARK: Reading

    /// - Throws: ``ImportError/notAnExport``.
    func manifest() throws(ImportError) -> ExportManifest {
        guard let data = FileManager.default.contents(atPath: path(Self.manifestName)),
            let manifest = try? JSONDecoder().decode(ExportManifest.self, from: data)
        else { throw .notAnExport }
        return manifest
    }

    func path(_ name: String) -> String {
        url.appending(path: name).path(percentEncoded: false)
    }
}
