import GRDB
import GRDBSQLite

extension Statement {
    /// SQLite's own copy of what is bound.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Binds a row and carries the statement out, by SQLite's own calls: through the library's values for anything, a thousand
    /// rows of twenty columns take twice as long.
    ///
    /// - Throws: ``CentralDatabaseError/nulInText``; GRDB's `DatabaseError`.
    func insert(_ row: [SQLValue]) throws {
        for (index, value) in row.enumerated() {
            try bind(value, at: Int32(index + 1))
        }
        let code = sqlite3_step(sqliteStatement)
        let message = code == SQLITE_DONE ? nil : String(cString: sqlite3_errmsg(sqlite3_db_handle(sqliteStatement)))
        let extended = sqlite3_extended_errcode(sqlite3_db_handle(sqliteStatement))
        sqlite3_reset(sqliteStatement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: extended), message: message, sql: sql)
        }
    }

    private func bind(_ value: SQLValue, at place: Int32) throws {
        let code: Int32
        switch value {
        case .integer(let integer): code = sqlite3_bind_int64(sqliteStatement, place, integer)
        case .null: code = sqlite3_bind_null(sqliteStatement, place)
        case .bytes(let bytes):
            // A pointer to nothing would be NULL.
            code =
                bytes.isEmpty
                ? sqlite3_bind_zeroblob(sqliteStatement, place, 0)
                : sqlite3_bind_blob(sqliteStatement, place, bytes, Int32(bytes.count), Self.transient)
        case .text(var text):
            code = try text.withUTF8 { bytes in
                // What PostgreSQL would not take is not taken here either.
                guard !bytes.contains(0) else { throw CentralDatabaseError.nulInText }
                // A pointer to nothing would be NULL.
                guard !bytes.isEmpty else { return sqlite3_bind_text(sqliteStatement, place, "", 0, Self.transient) }
                return bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_text(
                        sqliteStatement,
                        place,
                        characters.baseAddress,
                        Int32(bytes.count),
                        Self.transient
                    )
                }
            }
        }
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}
