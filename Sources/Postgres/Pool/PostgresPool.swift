public import Logging
public import ServiceLifecycle

/// A few connections to one PostgreSQL, lent out for one transaction at a time.
///
/// A body runs on its connection's own thread, so it may block there, and all it does must be done with its session.
/// Callers are served in the order of coming. A connection that broke is dropped and another made when somebody needs
/// it, not before a growing pause has passed; while there is no server, callers are told so at once.
///
/// Transactions are accepted from the moment the pool exists; `run()` belongs before those who use it in the service
/// group, so that it is shut down after them.
public final class PostgresPool: Service {
    /// The pool's bounds.
    public struct Limits: Sendable {
        /// Connections at once, at least 1.
        public var connections: Int
        /// How long a caller waits for a connection.
        public var waitTimeout: Duration
        /// How often a write is run at most when the server cannot put it in order with others, at least 1.
        public var writeAttempts: Int
        /// How long a shutdown lets the transactions under way go on before it cancels their statements.
        public var shutdownGrace: Duration

        public init(
            connections: Int = 4,
            waitTimeout: Duration = .seconds(5),
            writeAttempts: Int = 30,
            shutdownGrace: Duration = .seconds(10)
        ) {
            self.connections = connections
            self.waitTimeout = waitTimeout
            self.writeAttempts = writeAttempts
            self.shutdownGrace = shutdownGrace
        }
    }

    private let limits: Limits
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let lender: ConnectionLender
    private let retryBackoff = Backoff(initial: .milliseconds(2), maximum: .milliseconds(100))

    /// Connects to nothing yet.
    public init(
        _ configuration: PostgresConfiguration,
        limits: Limits = Limits(),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) {
        self.limits = limits
        self.clock = clock
        self.logger = logger
        lender = ConnectionLender(configuration, limits: limits, clock: clock, logger: logger)
    }

    /// How busy the pool is now.
    public var occupancy: PostgresPoolOccupancy { lender.occupancy }

    /// Runs the body in a transaction that sees one state of the database and cannot change it.
    ///
    /// When the task is cancelled, whatever statement runs is cancelled too. The body runs at most once.
    ///
    /// - Parameter statementTimeout: For this transaction instead of the configuration's; for exports.
    /// - Throws: What the body throws; `PostgresError`.
    public func read<Value: Sendable>(
        isolation: PostgresIsolation = .repeatableRead,
        statementTimeout: Duration? = nil,
        _ body: @escaping @Sendable (PostgresSession) throws -> Value
    ) async throws -> Value {
        let mode = TransactionMode(isolation: isolation, isReadOnly: true, statementTimeout: statementTimeout)
        return try await transact { connection in
            await withTaskCancellationHandler {
                await connection.run(mode, body)
            } onCancel: {
                connection.cancel()
            }
        }
    }

    /// Runs the body in a transaction and returns when it is committed.
    ///
    /// Once begun it is not cancelled with its task: who charged a card gets to write it down. The body is run again,
    /// from its beginning, when the server could not put the transaction in order with others (40001, 40P01); so it
    /// must do nothing but talk to its session.
    ///
    /// - Parameter statementTimeout: For this transaction instead of the configuration's.
    /// - Throws: What the body throws; `PostgresError`, of which only `commitOutcomeUnknown` leaves it open whether
    ///   something was written.
    public func write<Value: Sendable>(
        isolation: PostgresIsolation = .serializable,
        statementTimeout: Duration? = nil,
        _ body: @escaping @Sendable (PostgresSession) throws -> Value
    ) async throws -> Value {
        let mode = TransactionMode(isolation: isolation, isReadOnly: false, statementTimeout: statementTimeout)
        return try await transact { [self] connection in
            // A task of its own, because cancelling the caller's must not end the pauses either.
            await Task { await runRepeatedly(mode, on: connection, body) }.value
        }
    }

    /// Closes the pool: lets what is under way end, and returns when all connections are closed.
    public func close() async {
        lender.close()
        await lender.ended()
    }

    /// Waits for shutdown, lets the transactions under way end within the grace, then cancels their statements: a
    /// transaction that is not yet committed then is rolled back.
    ///
    /// Cancellation is a shutdown without grace.
    public func run() async throws {
        let (lender, clock, grace) = (lender, clock, limits.shutdownGrace)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await lender.ended() }
            group.addTask {
                do {
                    try await gracefulShutdown()
                    lender.close()
                    try await clock.sleep(for: grace)
                } catch {
                    // Cancelled, or all has ended by itself.
                }
                lender.close()
                lender.cancelLent()
            }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: Private

    private func transact<Value: Sendable>(
        _ run: (PostgresConnection) async -> TransactionRun<Value>
    ) async throws -> Value {
        // A connection that broke while it was idle shows it at BEGIN, when nothing is done yet; all may have broken
        // at once.
        for _ in 0...limits.connections {
            let loan = try await lender.borrow()
            let run = await run(loan.connection)
            lender.giveBack(loan, isReusable: run.isReusable)
            switch run.end {
            case .committed(let value): return value
            case .notCommitted(let error), .retryable(let error): throw error
            case .unknown: throw PostgresError.commitOutcomeUnknown
            case .neverBegan: continue
            }
        }
        throw PostgresError.connectionLost
    }

    /// Keeps the connection through all attempts: whoever gave it back would have to queue for it again.
    private func runRepeatedly<Value: Sendable>(
        _ mode: TransactionMode,
        on connection: PostgresConnection,
        _ body: @escaping @Sendable (PostgresSession) throws -> Value
    ) async -> TransactionRun<Value> {
        var failures = 0
        while true {
            let run = await connection.run(mode, body)
            guard case .retryable = run.end, run.isReusable, failures + 1 < limits.writeAttempts else { return run }
            failures += 1
            logger.debug("running a write again", metadata: ["failures": "\(failures)"])
            try? await clock.sleep(for: retryBackoff.pause(afterFailures: failures))
        }
    }
}
