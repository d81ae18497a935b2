import Logging
import Postgres
import ServiceLifecycle
import Shared

/// PostgreSQL, for several centres on one database.
final class PostgresCentralDatabase: CentralDatabase, Service {
    private let connections: PostgresPool

    /// Nothing is asked of the server yet; ``migrate()`` does.
    ///
    /// - Throws: `PostgresConfigurationError`.
    init(url: Secret<String>, logger: Logger) throws {
        // Many may ask at once, and each is quick: whoever comes last waits rather than fails.
        let limits = PostgresPool.Limits(connections: 8, waitTimeout: .seconds(20))
        connections = PostgresPool(try PostgresConfiguration(url: url), limits: limits, logger: logger)
    }

    /// Brings the schema up to date. Centres that start at once take turns: the row that names a migration is written
    /// first, and whoever comes second waits for it and finds it there.
    func migrate() async throws {
        try await write { session in
            try session.execute("CREATE TABLE IF NOT EXISTS schema_migration (migration_id TEXT PRIMARY KEY)")
        }
        for migration in CentralMigration.all {
            try await write { session in
                let isNew = try session.execute(
                    "INSERT INTO schema_migration (migration_id) VALUES ($1) ON CONFLICT (migration_id) DO NOTHING",
                    [.text(migration.id)]
                )
                guard isNew == 1 else { return }
                for statement in migration.statements { try session.execute(statement) }
            }
        }
    }

    func read<Value: Sendable>(
        _ span: WorkSpan,
        _ body: @escaping @Sendable (any CopySession) throws -> Value
    ) async throws -> Value {
        try await Self.translated {
            try await self.connections.read(statementTimeout: span.statementTimeout) {
                try body(PostgresSQLSession(session: $0))
            }
        }
    }

    @discardableResult
    func write<Value: Sendable>(
        _ span: WorkSpan,
        _ order: WriteOrder,
        _ body: @escaping @Sendable (any CopySession) throws -> Value
    ) async throws -> Value {
        try await Self.translated {
            try await self.connections.write(isolation: order.isolation, statementTimeout: span.statementTimeout) {
                try body(PostgresSQLSession(session: $0))
            }
        }
    }

    func close() async {
        await connections.close()
    }

    func run() async throws {
        try await connections.run()
    }

    private static func translated<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            throw CentralDatabaseError(error)
        }
    }
}

/// SQL on the connection that the pool lends.
struct PostgresSQLSession: SQLSession {
    let session: PostgresSession

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [SQLRow] {
        Self.rows(try session.query(sql, arguments.map(PostgresValue.init)))
    }

    static func rows(_ rows: [PostgresRow]) -> [SQLRow] {
        guard let first = rows.first else { return [] }
        let indices = Dictionary(zip(first.columns, 0...), uniquingKeysWith: { first, _ in first })
        return rows.map { SQLRow(indices: indices, values: $0.values.map(SQLValue.init)) }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try session.execute(sql, arguments.map(PostgresValue.init))
    }

    /// Rows that refer to it by its key may come meanwhile.
    var rowLock: String { "FOR NO KEY UPDATE" }
}

extension WorkSpan {
    /// Nil for the connection's own.
    fileprivate var statementTimeout: Duration? {
        switch self {
        case .short: nil
        case .long: .seconds(6 * 3_600)
        }
    }
}

extension WriteOrder {
    fileprivate var isolation: PostgresIsolation {
        switch self {
        case .serial: .serializable
        case .byRowLocks: .readCommitted
        }
    }
}

extension PostgresValue {
    fileprivate init(_ value: SQLValue) {
        self =
            switch value {
            case .integer(let value): .integer(value)
            case .text(let value): .text(value)
            case .bytes(let value): .bytes(value)
            case .null: .null
            }
    }
}

extension SQLValue {
    fileprivate init(_ value: PostgresValue) {
        self =
            switch value {
            case .null: .null
            case .integer(let value): .integer(value)
            // No column of ours holds fractions.
            case .real(let value): .integer(Int64(value))
            // A sum of BIGINT is NUMERIC there, which comes as text: our SQL casts its sums to BIGINT.
            case .text(let value): .text(value)
            case .bytes(let value): .bytes(value)
            }
    }
}

extension CentralDatabaseError {
    fileprivate init(_ error: PostgresError) {
        let constraint = error.constraint ?? ""
        self =
            switch error.sqlState {
            case .uniqueViolation: .duplicate(constraint: constraint)
            case .foreignKeyViolation: .reference(constraint: constraint)
            case .checkViolation, .notNullViolation: .constraint(constraint)
            default:
                switch error {
                case .commitOutcomeUnknown: .outcomeUnknown
                case .nulInText: .nulInText
                default: .unavailable("\(error)")
                }
            }
    }
}
