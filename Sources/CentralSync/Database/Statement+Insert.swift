import GRDB
import GRDBSQLite

extension Statement {
    /// Where the text begins, as SQLite asks for it: the bytes stay where they are until the row is in.
    private static let inPlace: sqlite3_destructor_type? = nil

    /// Binds rows one after the other and carries the statement out for each, by SQLite's own calls: through the library's
    /// values for anything, a thousand rows of twenty columns take twice as long.
    ///
    /// - Returns: Of each row whether it changed anything.
    /// - Throws: ``CentralDatabaseError/nulInText``; GRDB's `DatabaseError`.
    func insert(_ rows: [[SQLValue]]) throws -> [Bool] {
        var bytes = RowBytes()
        // What they point to is gone after this.
        defer { sqlite3_clear_bindings(sqliteStatement) }
        let connection = sqlite3_db_handle(sqliteStatement)
        return try rows.map { row in
            try bind(row, in: &bytes)
            let code = sqlite3_step(sqliteStatement)
            let message = code == SQLITE_DONE ? nil : String(cString: sqlite3_errmsg(connection))
            let extended = sqlite3_extended_errcode(connection)
            sqlite3_reset(sqliteStatement)
            guard code == SQLITE_DONE else {
                throw DatabaseError(resultCode: ResultCode(rawValue: extended), message: message, sql: sql)
            }
            return sqlite3_changes(connection) == 1
        }
    }

    private func bind(_ row: [SQLValue], in bytes: inout RowBytes) throws {
        bytes.makeRoom(for: row)
        for (index, value) in row.enumerated() {
            let place = Int32(index + 1)
            let code: Int32
            switch value {
            case .integer(let integer): code = sqlite3_bind_int64(sqliteStatement, place, integer)
            case .null: code = sqlite3_bind_null(sqliteStatement, place)
            case .bytes(let value):
                let copy = value.withUnsafeBytes { bytes.append($0) }
                code = sqlite3_bind_blob(sqliteStatement, place, copy.baseAddress, Int32(copy.count), Self.inPlace)
            case .text(var text):
                let copy = text.withUTF8 { bytes.append(UnsafeRawBufferPointer($0)) }
                // What PostgreSQL would not take is not taken here either.
                guard !copy.hasNUL else { throw CentralDatabaseError.nulInText }
                let start = copy.baseAddress?.assumingMemoryBound(to: CChar.self)
                code = sqlite3_bind_text(sqliteStatement, place, start, Int32(copy.count), Self.inPlace)
            }
            guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        }
    }
}
