/// A table as an export shows it, and where its rows come from.
struct ExportTable: Sendable {
    struct Column: Sendable {
        let name: String
        let kind: CopyQuery.Kind
        /// In the centre's table.
        let source: String
        /// PostgreSQL's type, with what it may not be.
        let type: String
        let mayBeNull: Bool
        /// What it is, for people: Spanish.
        let comment: String

        init(
            _ name: String,
            _ kind: CopyQuery.Kind,
            from source: String? = nil,
            type: String? = nil,
            mayBeNull: Bool = false,
            _ comment: String
        ) {
            self.name = name
            self.kind = kind
            self.source = source ?? name
            self.type = (type ?? Self.type(of: kind)) + (mayBeNull ? "" : " NOT NULL")
            self.mayBeNull = mayBeNull
            self.comment = comment
        }

        private static func type(of kind: CopyQuery.Kind) -> String {
            switch kind {
            case .text: "text"
            case .integer: "bigint"
            case .boolean: "boolean"
            case .time: "timestamptz"
            case .bytes: "bytea"
            }
        }
    }

    let name: String
    /// Spanish.
    let comment: String
    /// The centre's table.
    let source: String
    let key: [String]
    var references: [String] = []
    let columns: [Column]
    /// The centre's column with the time a row came in; nil where rows change, and all of them are exported each time.
    var since: String?
    /// Columns whose sums the manifest tells, by their names in the centre's table.
    var sums: [String] = []
}
