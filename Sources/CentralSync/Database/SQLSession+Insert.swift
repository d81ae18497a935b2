extension SQLSession {
    /// Inserts many rows with few statements.
    ///
    /// The statements come in a few lengths only, so that both databases find them prepared.
    ///
    /// - Parameters:
    ///   - columns: In the order of each row's values.
    ///   - suffix: What follows the values, such as `ON CONFLICT … DO NOTHING RETURNING …`.
    /// - Returns: What `RETURNING` gave.
    func insert(
        into table: String,
        columns: [String],
        rows: [[SQLValue]],
        suffix: String = ""
    ) throws -> [SQLRow] {
        var answer: [SQLRow] = []
        var rest = rows[...]
        for length in [256, 64, 16, 4, 1] {
            while rest.count >= length {
                let values = rest.prefix(length)
                rest = rest.dropFirst(length)
                let sql = Self.statement(table, columns, rowCount: length, suffix)
                answer += try query(sql, values.flatMap(\.self))
            }
        }
        return answer
    }

    private static func statement(_ table: String, _ columns: [String], rowCount: Int, _ suffix: String) -> String {
        var text = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
        for row in 0..<rowCount {
            let arguments = (1...columns.count).map { "$\(row * columns.count + $0)" }
            text += (row == 0 ? "(" : ", (") + arguments.joined(separator: ", ") + ")"
        }
        return suffix.isEmpty ? text : text + " " + suffix
    }
}
