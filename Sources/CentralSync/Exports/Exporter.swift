import Foundation
import Shared

/// Writes exports, within one transaction: all of it is one state of the database.
struct Exporter {
    typealias Output = ([UInt8]) throws -> Void

    let session: any CopySession
    let now: Timestamp
    var scope = ExportScope()

    // MARK: For analysis

    /// SQL that `psql` loads: into an empty database, or into one that has it already, with the same result. The manifest
    /// is its last line, after the COMMIT: without it the download was cut.
    func writeSQL(to output: Output) throws -> ExportManifest {
        var manifest = try manifest(.analytic)
        try Self.write(ExportSQL.beginning(), to: output)
        for table in ExportTable.all {
            try Self.write(ExportSQL.beforeRows(of: table), to: output)
            manifest.tables.append(try writeRows(of: table, .text, to: output))
            try Self.write(ExportSQL.afterRows(of: table), to: output)
        }
        try Self.write(ExportSQL.end + "-- manifest \(try Self.line(manifest))\n", to: output)
        return manifest
    }

    /// One table, with the names of the columns in the first line.
    func writeCSV(_ table: ExportTable, to output: Output) throws -> ExportManifest.Table {
        try Self.write(table.columns.map(\.name).joined(separator: ",") + "\n", to: output)
        return try writeRows(of: table, .csv, to: output)
    }

    // MARK: For moving

    /// All tables as they are, for ``FullImport``.
    func writeFull(to output: Output) throws -> ExportManifest {
        var manifest = try manifest(.full)
        try Self.write(ExportSQL.beginningOfFull, to: output)
        for name in CentralMigration.tables {
            let query = CopyQuery(table: name, columns: try session.columns(of: name))
            try Self.write(
                "COPY \(name) (\(query.columns.map(\.name).joined(separator: ", "))) FROM stdin;\n",
                to: output
            )
            manifest.tables.append(try writeRows(of: query, named: name, sums: [:], to: output))
            try Self.write("\\.\n\n", to: output)
        }
        try Self.write(ExportSQL.end, to: output)
        return manifest
    }

    // MARK: Parts

    func manifest(_ kind: ExportManifest.Kind) throws -> ExportManifest {
        var manifest = ExportManifest(kind: kind, createdAt: now, scope: scope)
        let report = ReportScope(empresaID: scope.empresaID)
        let groups = try BoxSummaryStore(session: session, scope: report, now: now).groups()
        manifest.completeUntil = groups.values.map(\.completeUntil).min()
        return manifest
    }

    private func writeRows(
        of table: ExportTable,
        _ format: CopyQuery.Format,
        to output: Output
    ) throws -> ExportManifest.Table {
        let condition = scope.condition(of: table)
        let query = CopyQuery(
            table: table.source,
            columns: table.columns.map { CopyQuery.Column(name: $0.source, kind: $0.kind) },
            condition: condition,
            format: format
        )
        var sums: [String: Int64] = [:]
        for column in table.sums {
            let row = try session.first(
                "SELECT CAST(COALESCE(SUM(\(column)), 0) AS BIGINT) AS cents FROM \(table.source) WHERE \(condition)"
            )
            sums[column] = try row?.integer("cents")
        }
        return try writeRows(of: query, named: table.name, sums: sums, to: output)
    }

    private func writeRows(
        of query: CopyQuery,
        named name: String,
        sums: [String: Int64],
        to output: Output
    ) throws -> ExportManifest.Table {
        var digest = RunningDigest()
        let count = try session.copyOut(query) { chunk in
            digest.add(chunk)
            try output(chunk)
        }
        guard let sha256 = digest.digest else { throw CopyError.malformed(table: name) }
        return ExportManifest.Table(name: name, rows: Int64(count), sums: sums, sha256: sha256)
    }

    private static func write(_ text: String, to output: Output) throws {
        try output(Array(text.utf8))
    }

    private static func line(_ manifest: ExportManifest) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(manifest), as: UTF8.self)
    }
}
