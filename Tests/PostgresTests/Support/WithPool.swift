import Logging
import Postgres
import Shared
import TestSupport
import Testing

/// Runs the body with a database of its own and a pool for it, and sees to it that all connections are given back.
@discardableResult
func withPool<Value>(
    limits: PostgresPool.Limits = .ample,
    clock: any Clock<Duration> = ContinuousClock(),
    configure: (inout PostgresConfiguration) -> Void = { _ in },
    _ body: (PostgresPool, ThrowawayDatabase) async throws -> Value
) async throws -> Value {
    try await ThrowawayPostgres.shared.withDatabase { database in
        try await withPool(on: database.url, limits: limits, clock: clock, configure: configure) { pool in
            try await body(pool, database)
        }
    }
}

/// Runs the body with a pool, and sees to it that all connections are given back.
@discardableResult
func withPool<Value>(
    on url: String,
    limits: PostgresPool.Limits = .ample,
    clock: any Clock<Duration> = ContinuousClock(),
    configure: (inout PostgresConfiguration) -> Void = { _ in },
    _ body: (PostgresPool) async throws -> Value
) async throws -> Value {
    var configuration = try PostgresConfiguration(url: Secret(url))
    configure(&configuration)
    let pool = PostgresPool(configuration, limits: limits, clock: clock, logger: Logger(label: "test"))
    do {
        let value = try await body(pool)
        await pool.close()
        return value
    } catch {
        await pool.close()
        throw error
    }
}

extension PostgresPool.Limits {
    /// More time than a slow machine takes for anything; who waits for a limit sets a short one.
    static let ample = Self(waitTimeout: .seconds(120), shutdownGrace: .seconds(120))

    static func ample(connections: Int) -> Self {
        var limits = Self.ample
        limits.connections = connections
        return limits
    }
}

extension PostgresPool {
    /// The pool is as good as before.
    func expectAnswer(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let count = try await read { try $0.query("SELECT 1").count }
        #expect(count == 1, sourceLocation: sourceLocation)
    }
}
