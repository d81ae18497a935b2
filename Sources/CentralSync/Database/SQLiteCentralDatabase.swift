import Foundation
import GRDB
import Store
import Synchronization

/// The embedded default: one SQLite file, one process.
final class SQLiteCentralDatabase: CentralDatabase {
    /// Boxes wait for the centre while it reads a file through, and millions of ventas are gigabytes.
    private static let maximumCheckedMiB = 256

    private let database: DurableDatabase

    /// Opens or creates the file, and brings its schema up to date.
    ///
    /// - Throws: As `DurableDatabase`.
    init(path: String) throws {
        let migrations = CentralMigration.all.map { migration in
            Migration(migration.id, sql: migration.statements.map(SQLiteDialect.schema).joined(separator: ";\n"))
        }
        // A batch of a thousand events touches some four thousand pages.
        database = try DurableDatabase(
            path: path,
            migrations: migrations,
            cacheKiB: 16_384,
            maximumCheckedMiB: Self.maximumCheckedMiB
        )
    }

    func read<Value: Sendable>(
        _: WorkSpan,
        _ body: @escaping @Sendable (any CopySession) throws -> Value
    ) async throws -> Value {
        try await Self.translated { try await self.database.read { try body(SQLiteSession(database: $0)) } }
    }

    @discardableResult
    func write<Value: Sendable>(
        _: WorkSpan,
        _: WriteOrder,
        _ body: @escaping @Sendable (any CopySession) throws -> Value
    ) async throws -> Value {
        try await Self.translated {
            do {
                return try await self.database.commit { try body(SQLiteSession(database: $0)) }
            } catch let error as DatabaseError {
                // A disk that fails leaves it open what is on it (`DurabilityError.failed`).
                guard error.resultCode != .SQLITE_IOERR else { throw CentralDatabaseError.outcomeUnknown }
                throw error
            }
        }
    }

    /// Suspends until a commit has failed on the disk; the program then has to end.
    func waitForFailure() async {
        await database.waitForFailure()
    }

    func close() throws {
        try database.close()
    }

    private static func translated<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw CentralDatabaseError(error)
        } catch let error as DurabilityError {
            throw CentralDatabaseError.unavailable("\(error)")
        }
    }
}

/// SQL on the connection that GRDB lends.
struct SQLiteSession: SQLSession {
    let database: Database

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
        let statement = try database.cachedStatement(sql: SQLiteDialect.statement(sql))
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(Self.checked(arguments)))
        var indices: [String: Int] = [:]
        var rows: [SQLRow] = []
        while let row = try cursor.next() {
            if rows.isEmpty {
                indices = Dictionary(zip(row.columnNames, 0...), uniquingKeysWith: { first, _ in first })
            }
            rows.append(SQLRow(indices: indices, values: row.databaseValues.map(SQLValue.init)))
        }
        return rows
    }

    /// Row by row with one statement: what SQLite is best at.
    func insert(into table: String, columns: [String], rows: [[SQLValue]], suffix: String) throws -> [SQLRow] {
        guard !rows.isEmpty else { return [] }
        let statement = try insertion(into: table, columns: columns, suffix: suffix)
        guard statement.columnCount > 0 else {
            try Self.check(rows, columns, of: table)
            _ = try statement.insert(rows)
            return []
        }
        let indices = Dictionary(zip(statement.columnNames, 0...), uniquingKeysWith: { first, _ in first })
        try Self.check(rows, columns, of: table)
        var answer: [SQLRow] = []
        for row in rows {
            // Not checked one by one again: there are as many as places.
            statement.setUncheckedArguments(StatementArguments(try Self.checked(row)))
            let cursor = try Row.fetchCursor(statement)
            while let row = try cursor.next() {
                answer.append(SQLRow(indices: indices, values: row.databaseValues.map(SQLValue.init)))
            }
        }
        return answer
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        let statement = try database.cachedStatement(sql: SQLiteDialect.statement(sql))
        try statement.execute(arguments: StatementArguments(Self.checked(arguments)))
        return database.changesCount
    }

    /// There is one writer.
    var rowLock: String { "" }

    func insertNew(into table: String, key: [String], columns: [String], rows: [[SQLValue]]) throws -> [Bool] {
        let conflict = "ON CONFLICT (\(key.joined(separator: ", "))) DO NOTHING"
        let statement = try insertion(into: table, columns: columns, suffix: conflict)
        try Self.check(rows, columns, of: table)
        return try statement.insert(rows)
    }

    /// Those that are new go in first, which most are and which takes less than being ready for a change.
    func insertOrUpdate(into table: String, columns: [String], rows: [[SQLValue]], conflict: String) throws {
        guard !rows.isEmpty else { return }
        try Self.check(rows, columns, of: table)
        let isNew = try insertion(into: table, columns: columns, suffix: "ON CONFLICT DO NOTHING").insert(rows)
        let known = zip(rows, isNew).filter { !$1 }.map(\.0)
        _ = try insert(into: table, columns: columns, rows: known, suffix: conflict)
    }

    private func insertion(into table: String, columns: [String], suffix: String) throws -> Statement {
        let places = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
        return try database.cachedStatement(
            sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places)) \(suffix)"
        )
    }

    private static func check(_ rows: [[SQLValue]], _ columns: [String], of table: String) throws {
        guard rows.allSatisfy({ $0.count == columns.count }) else {
            throw CentralDatabaseError.constraint("row of \(table)")
        }
    }

    /// What PostgreSQL would not take is not taken here either.
    private static func checked(_ arguments: [SQLValue]) throws(CentralDatabaseError) -> [DatabaseValue] {
        for case .text(let text) in arguments where text.hasNUL { throw .nulInText }
        return arguments.map(\.databaseValue)
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .integer(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .bytes(let value): Data(value).databaseValue
        case .null: .null
        }
    }

    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let value): self = .integer(value)
        // No column of ours holds fractions; a quotient of SQLite's is cut as PostgreSQL's would be.
        case .double(let value): self = .integer(Int64(value))
        case .string(let value): self = .text(value)
        case .blob(let value): self = .bytes(Array(value))
        }
    }
}

extension CentralDatabaseError {
    fileprivate init(_ error: DatabaseError) {
        let message = error.message ?? ""
        self =
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_ROWID:
                .duplicate(constraint: message)
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .reference(constraint: message)
            default: error.resultCode == .SQLITE_CONSTRAINT ? .constraint(message) : .unavailable("\(error)")
            }
    }
}
