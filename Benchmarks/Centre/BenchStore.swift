import Foundation
import GRDB
import TestSupport

/// A database for a centre to be measured on.
enum BenchStore: Sendable {
    case sqlite(TemporaryDirectory)
    case postgresql(ThrowawayDatabase)

    /// Runs `body` on PostgreSQL as it is by default: what it commits is on the disk.
    static func withPostgreSQL<Value>(
        _ body: (BenchStore, ThrowawayDatabase) async throws -> Value
    ) async throws -> Value {
        var options = ThrowawayPostgres.Options()
        options.isDurable = true
        let server = try await ThrowawayPostgres(options)
        let value = try await server.withDatabase { try await body(.postgresql($0), $0) }
        await server.stop()
        return value
    }

    var name: String {
        switch self {
        case .sqlite: "SQLite"
        case .postgresql: "PostgreSQL"
        }
    }

    var url: String {
        switch self {
        case .sqlite(let folder): "sqlite://" + folder.path("centre.sqlite")
        case .postgresql(let database): database.url
        }
    }

    /// While no centre runs on it.
    func execute(_ statements: [String]) async throws {
        switch self {
        case .sqlite(let folder):
            let queue = try DatabaseQueue(path: folder.path("centre.sqlite"))
            try await queue.write { db in
                for statement in statements { try db.execute(sql: statement) }
            }
            try queue.close()
        case .postgresql(let database):
            for statement in statements { try await database.psql(statement) }
        }
    }

    /// The first value of what a query finds.
    func value(_ query: String) async throws -> String {
        switch self {
        case .sqlite(let folder):
            let queue = try DatabaseQueue(path: folder.path("centre.sqlite"))
            let value = try await queue.read { try String.fetchOne($0, sql: query) }
            try queue.close()
            return value ?? ""
        case .postgresql(let database):
            return try await database.psql(query)
        }
    }

    // MARK: What the two say differently

    /// A day from milliseconds.
    func date(_ milliseconds: String) -> String {
        switch self {
        case .sqlite: "strftime('%Y-%m-%d', \(milliseconds) / 1000, 'unixepoch')"
        case .postgresql: "to_char(to_timestamp(\(milliseconds) / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
        }
    }

    /// 32 characters in no order.
    func scattered(_ number: String) -> String {
        switch self {
        case .sqlite: "lower(hex(randomblob(16)))"
        case .postgresql: "md5(CAST(\(number) AS text))"
        }
    }

    func bytes(_ hexadecimal: String) -> String {
        switch self {
        case .sqlite: "x'\(hexadecimal)'"
        case .postgresql: "'\\x\(hexadecimal)'::bytea"
        }
    }
}
