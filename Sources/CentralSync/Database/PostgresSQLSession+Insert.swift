import Postgres

extension PostgresSQLSession {
    /// One statement for any number of rows that may conflict: each column goes as one array. A statement that names every value would cost
    /// the server more to read than to carry out.
    func insert(into table: String, columns: [String], rows: [[SQLValue]], suffix: String) throws -> [SQLRow] {
        guard !rows.isEmpty else { return [] }
        if suffix.isEmpty {
            try copy(into: table, columns: columns, rows: rows)
            return []
        }
        var (arrays, places, sources): ([PostgresValue], [String], [String]) = ([], [], [])
        for column in columns.indices {
            guard let array = try PostgresArray(rows, column: column) else {
                // Nothing but NULL has no type; here PostgreSQL gives it the column's.
                places.append("NULL")
                continue
            }
            arrays.append(.bytes(array.bytes))
            sources.append("$\(arrays.count)::\(array.type)[]")
            places.append("c\(arrays.count)")
        }
        let names = arrays.indices.map { "c\($0 + 1)" }.joined(separator: ", ")
        let sql = """
            INSERT INTO \(table) (\(columns.joined(separator: ", "))) SELECT \(places.joined(separator: ", "))
            FROM unnest(\(sources.joined(separator: ", "))) AS r (\(names)) \(suffix)
            """
        return Self.rows(try session.query(sql, arrays))
    }

    func insertNew(into table: String, key: [String], columns: [String], rows: [[SQLValue]]) throws -> [Bool] {
        if try copyAll(into: table, columns: columns, rows: rows) { return rows.map { _ in true } }
        let names = key.joined(separator: ", ")
        let inserted = try insert(
            into: table,
            columns: columns,
            rows: rows,
            suffix: "ON CONFLICT (\(names)) DO NOTHING RETURNING \(names)"
        )
        var new = Set(try inserted.map { try $0.values(key) })
        let places = key.compactMap(columns.firstIndex(of:))
        return rows.map { row in new.remove(places.map { row[$0] }) != nil }
    }

    func insertOrUpdate(into table: String, columns: [String], rows: [[SQLValue]], conflict: String) throws {
        if try copyAll(into: table, columns: columns, rows: rows) { return }
        _ = try insert(into: table, columns: columns, rows: rows, suffix: conflict)
    }

    /// Copies all of the rows, or none when one of them is here already.
    ///
    /// - Returns: Whether they were copied.
    private func copyAll(into table: String, columns: [String], rows: [[SQLValue]]) throws -> Bool {
        guard !rows.isEmpty else { return true }
        _ = try execute("SAVEPOINT before_copy", [])
        do {
            try copy(into: table, columns: columns, rows: rows)
            _ = try execute("RELEASE SAVEPOINT before_copy", [])
            return true
        } catch let error as PostgresError {
            guard error.sqlState == .uniqueViolation else { throw error }
            _ = try execute("ROLLBACK TO SAVEPOINT before_copy", [])
            _ = try execute("RELEASE SAVEPOINT before_copy", [])
            return false
        }
    }

    /// What conflicts with nothing goes the server's fastest way.
    private func copy(into table: String, columns: [String], rows: [[SQLValue]]) throws {
        var bytes = Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0x00] + [UInt8](repeating: 0, count: 8)
        bytes.reserveCapacity(rows.count * columns.count * 24)
        for row in rows {
            guard row.count == columns.count else { throw CentralDatabaseError.constraint("row of \(table)") }
            bytes.appendBigEndian(Int16(row.count))
            for value in row { try bytes.append(value) }
        }
        bytes.appendBigEndian(-1 as Int16)
        var chunk: [UInt8]? = bytes
        _ = try session.copyIn("COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN (FORMAT binary)") {
            defer { chunk = nil }
            return chunk
        }
    }
}

/// One column of many rows as PostgreSQL's binary array, its `array_recv`.
struct PostgresArray {
    /// Of the elements.
    let type: String
    private(set) var bytes: [UInt8] = []

    /// Nil for a column of nothing but NULL.
    ///
    /// - Throws: ``CentralDatabaseError/nulInText``.
    init?(_ rows: [[SQLValue]], column: Int) throws(CentralDatabaseError) {
        guard let sample = rows.lazy.map({ $0[column] }).first(where: { $0 != .null }) else { return nil }
        let oid: Int32
        switch sample {
        case .integer: (type, oid) = ("bigint", 20)
        case .text: (type, oid) = ("text", 25)
        case .bytes: (type, oid) = ("bytea", 17)
        case .null: return nil
        }
        let hasNull = rows.contains { $0[column] == .null }
        bytes.reserveCapacity(20 + rows.count * 24)
        // One dimension; whether there are NULLs; of what; how many; counted from 1.
        for number in [1, hasNull ? 1 : 0, oid, Int32(rows.count), 1] { bytes.appendBigEndian(number) }
        for row in rows { try bytes.append(row[column]) }
    }
}

extension [UInt8] {
    /// A value in PostgreSQL's binary form, its length before it.
    ///
    /// - Throws: ``CentralDatabaseError/nulInText``.
    fileprivate mutating func append(_ value: SQLValue) throws(CentralDatabaseError) {
        switch value {
        case .null: appendBigEndian(-1 as Int32)
        case .integer(let integer):
            appendBigEndian(8 as Int32)
            appendBigEndian(integer)
        case .text(let text):
            guard !text.hasNUL else { throw .nulInText }
            appendBigEndian(Int32(text.utf8.count))
            append(contentsOf: text.utf8)
        case .bytes(let value):
            appendBigEndian(Int32(value.count))
            append(contentsOf: value)
        }
    }

    fileprivate mutating func appendBigEndian(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}
