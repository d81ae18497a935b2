import Foundation
import GRDB
import GRDBSQLite
import Logging
import Postgres
import Shared
import TestSupport

/// Tables like the centre's for events and ventas, with the same indexes, into which the same rows go by nothing but the
/// database's own fastest way: durable, a thousand of each at a time.
enum RawTables {
    static let tables = ["event", "venta", "ficha"]

    struct Refused: Error {
        let code: Int32
    }

    /// Which rows of a table came with a batch.
    static func condition(_ batch: EventBatch, on table: String) -> String {
        let (from, to) = (batch.fromSeq, batch.fromSeq + Int64(batch.events.count))
        // Their codes are numbered as the events are.
        return table == "ficha"
            ? "code >= '\(BoxEvents.firstCode + from)' AND code < '\(BoxEvents.firstCode + to)'"
            : "seq >= \(from) AND seq < \(to)"
    }

    /// Rows of a batch as PostgreSQL writes them, by table.
    static func rows(_ batch: EventBatch, in database: ThrowawayDatabase) async throws -> [String] {
        var rows: [String] = []
        for table in tables {
            let text = try await database.psql(
                "COPY (SELECT * FROM \(table) WHERE \(condition(batch, on: table))) TO STDOUT"
            )
            rows.append(text + "\n")
        }
        return rows
    }

    /// `COPY` into both tables, in one transaction.
    ///
    /// - Returns: How long it took, the commit with it.
    static func copy(_ rows: [String], through pool: PostgresPool) async throws -> Duration {
        let begin = ContinuousClock.now
        try await pool.write { session in
            for (table, text) in zip(tables, rows) {
                var chunk: [UInt8]? = Array(text.utf8)
                try session.copyIn("COPY raw_\(table) FROM STDIN") {
                    defer { chunk = nil }
                    return chunk
                }
            }
        }
        return ContinuousClock.now - begin
    }
}

/// SQLite by its own calls: one prepared statement for each table, bound and stepped row by row.
final class RawSQLite {
    enum Value {
        case integer(Int64)
        case bytes([UInt8], isText: Bool)
        case null
    }

    private var database: OpaquePointer?
    private var statements: [OpaquePointer?] = []

    /// - Parameter schema: `CREATE` statements of both tables with their indexes.
    init(path: String, schema: [String], widths: [Int]) throws {
        try check(sqlite3_open(path, &database))
        for sql in ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"] + schema {
            try check(sqlite3_exec(database, sql, nil, nil, nil))
        }
        for (table, width) in zip(RawTables.tables, widths) {
            let places = Array(repeating: "?", count: width).joined(separator: ", ")
            var statement: OpaquePointer?
            try check(sqlite3_prepare_v2(database, "INSERT INTO \(table) VALUES (\(places))", -1, &statement, nil))
            statements.append(statement)
        }
    }

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
        sqlite3_close(database)
    }

    /// - Parameter rows: By table.
    /// - Returns: How long it took, the commit with it.
    func insert(_ rows: [[[Value]]]) throws -> Duration {
        let begin = ContinuousClock.now
        try check(sqlite3_exec(database, "BEGIN IMMEDIATE", nil, nil, nil))
        for (statement, rows) in zip(statements, rows) {
            for row in rows {
                for (place, value) in row.enumerated() { bind(value, to: Int32(place + 1), of: statement) }
                guard sqlite3_step(statement) == SQLITE_DONE else {
                    throw RawTables.Refused(code: sqlite3_errcode(database))
                }
                sqlite3_reset(statement)
            }
        }
        try check(sqlite3_exec(database, "COMMIT", nil, nil, nil))
        return ContinuousClock.now - begin
    }

    private func bind(_ value: Value, to place: Int32, of statement: OpaquePointer?) {
        // The row outlives the step.
        let lasting = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .integer(let integer): sqlite3_bind_int64(statement, place, integer)
        case .null: sqlite3_bind_null(statement, place)
        case .bytes(let bytes, let isText):
            let count = Int32(bytes.count)
            if isText {
                bytes.withUnsafeBytes { bytes in
                    let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                    _ = sqlite3_bind_text(statement, place, start, count, lasting)
                }
            } else {
                sqlite3_bind_blob(statement, place, bytes, count, lasting)
            }
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw RawTables.Refused(code: code) }
    }
}

extension RawSQLite.Value {
    init(_ value: DatabaseValue) {
        self =
            switch value.storage {
            case .int64(let integer): .integer(integer)
            case .string(let text): .bytes(Array(text.utf8), isText: true)
            case .blob(let data): .bytes(Array(data), isText: false)
            default: .null
            }
    }
}
