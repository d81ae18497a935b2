import Postgres

extension PostgresSQLSession: CopySession {
    func columns(of table: String) throws -> [CopyQuery.Column] {
        let rows = try query(
            """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position
            """,
            [.text(table)]
        )
        return try rows.map { row in
            let kind: CopyQuery.Kind =
                switch try row.text("data_type") {
                case "bigint": .integer
                case "bytea": .bytes
                default: .text
                }
            return CopyQuery.Column(name: try row.text("column_name"), kind: kind)
        }
    }

    func copyOut(_ query: CopyQuery, onChunk: ([UInt8]) throws -> Void) throws -> Int {
        // What times and bytes look like; for this transaction alone.
        try session.executeScript(
            "SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL bytea_output = 'hex'"
        )
        let columns = query.columns.map(Self.expression).joined(separator: ", ")
        let format = query.format == .csv ? " WITH (FORMAT csv)" : ""
        return try session.copyOut(
            "COPY (SELECT \(columns) FROM \(query.table) WHERE \(query.condition)) TO STDOUT\(format)",
            onChunk: onChunk
        )
    }

    func copyIn(_ table: String, columns: [String], nextChunk: () throws -> [UInt8]?) throws -> Int {
        try session.copyIn("COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN", nextChunk: nextChunk)
    }

    private static func expression(_ column: CopyQuery.Column) -> String {
        switch column.kind {
        case .text, .integer, .bytes: column.name
        case .boolean: "\(column.name) = 1"
        case .time: "to_timestamp(\(column.name)::double precision / 1000)"
        }
    }
}
