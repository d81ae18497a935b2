import Shared

/// What an export holds, to check it by: as `manifest.json`, and as the last line of an SQL stream.
struct ExportManifest: Sendable, Equatable, Codable {
    enum Kind: String, Sendable, Codable {
        /// For analysis: documented tables, no secrets.
        case analytic
        /// For moving a centre: every table as it is.
        case full
        /// A copy of the SQLite file.
        case sqlite
    }

    struct Table: Sendable, Equatable, Codable {
        let name: String
        let rows: Int64
        /// In centavos, by column.
        let sums: [String: Int64]
        /// Of the rows alone, as they are in the file.
        let sha256: SHA256Digest
    }

    struct File: Sendable, Equatable, Codable {
        let name: String
        let bytes: Int64
        let sha256: SHA256Digest
    }

    let kind: Kind
    /// The newest migration of the database it comes from.
    let schema: String
    let createdAt: Timestamp
    /// All ventas up to then are in it, if the centre had them all; nil without boxes.
    var completeUntil: Timestamp?
    var since: Timestamp?
    var empresaID: String?
    var tables: [Table] = []
    var files: [File] = []

    init(kind: Kind, createdAt: Timestamp, scope: ExportScope = ExportScope()) {
        self.kind = kind
        self.createdAt = createdAt
        schema = CentralMigration.all.last?.id ?? ""
        since = scope.since
        empresaID = scope.empresaID
    }

    enum CodingKeys: String, CodingKey {
        case kind, schema, since, tables, files
        case createdAt = "created_at"
        case completeUntil = "complete_until"
        case empresaID = "empresa_id"
    }
}
