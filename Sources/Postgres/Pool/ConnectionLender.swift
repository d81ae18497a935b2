import Logging
import Synchronization

/// Carries out what the pool's state machine decides: opens, lends and closes connections, answers who waits.
final class ConnectionLender: Sendable {
    private typealias Borrowed = Answer<Result<Loan, PostgresError>>

    private struct State {
        var machine: PoolStateMachine
        var connections: [PoolStateMachine.ConnectionID: PostgresConnection] = [:]
        var waiters: [PoolStateMachine.WaiterID: Borrowed] = [:]
        var nextWaiter = 0
        var watchers: [CheckedContinuation<Void, Never>] = []

        func loan(_ id: PoolStateMachine.ConnectionID) -> Result<Loan, PostgresError> {
            guard let connection = connections[id] else { return .failure(.connectionLost) }
            return .success(Loan(id: id, connection: connection))
        }
    }

    private let configuration: PostgresConfiguration
    private let waitTimeout: Duration
    private let clock: any Clock<Duration>
    private let elapsed: @Sendable () -> Duration
    private let logger: Logger
    private let state: Mutex<State>

    init(
        _ configuration: PostgresConfiguration,
        limits: PostgresPool.Limits,
        clock: any Clock<Duration>,
        logger: Logger
    ) {
        self.configuration = configuration
        waitTimeout = limits.waitTimeout
        self.clock = clock
        elapsed = stopwatch(clock)
        self.logger = logger
        let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(2))
        state = Mutex(State(machine: PoolStateMachine(limit: limits.connections, backoff: backoff)))
    }

    var occupancy: PostgresPoolOccupancy { state.withLock { $0.machine.occupancy } }

    /// Waits for a connection, in the order of coming.
    ///
    /// - Throws: `cancelled`, `timedOut(.connection)`, `cannotConnect`, `poolClosed`.
    func borrow() async throws(PostgresError) -> Loan {
        guard !Task.isCancelled else { throw .cancelled }
        let (waiter, answer, toOpen) = ask()
        if let toOpen { open(toOpen) }
        guard let waiter else { return try await answer.value.get() }
        let result = await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                do {
                    try await clock.sleep(for: waitTimeout)
                    refuse(waiter, .timedOut(.connection))
                } catch {
                    // Answered, or cancelled and told so below.
                }
            }
            let result = await withTaskCancellationHandler {
                await answer.value
            } onCancel: {
                refuse(waiter, .cancelled)
            }
            group.cancelAll()
            return result
        }
        return try result.get()
    }

    /// Takes a connection back.
    func giveBack(_ loan: Loan, isReusable: Bool) {
        free { $0.giveBack(loan.id, isReusable: isReusable) }
    }

    /// Lends nothing any more, and closes what is idle.
    func close() {
        let (refused, idle) = state.withLock { state in
            let (waiters, idle) = state.machine.close()
            return (
                waiters.compactMap { state.waiters.removeValue(forKey: $0) },
                idle.compactMap { id in state.connections[id].map { Loan(id: id, connection: $0) } }
            )
        }
        for answer in refused { answer.give(.failure(.poolClosed)) }
        for loan in idle { close(loan) }
        tellWatchers()
    }

    /// Ends the statements under way.
    func cancelLent() {
        let connections = state.withLock { state in state.machine.lent.compactMap { state.connections[$0] } }
        for connection in connections { connection.cancel() }
    }

    /// Waits until it is closed and has given all connections back.
    func ended() async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.watchers.append(continuation) }
            tellWatchers()
        }
    }
}

// MARK: Carrying out

extension ConnectionLender {
    /// Asks the machine. A waiter is returned only if there is something to wait for.
    private func ask() -> (
        PoolStateMachine.WaiterID?, Answer<Result<Loan, PostgresError>>, PoolStateMachine.ConnectionID?
    ) {
        let answer = Borrowed()
        return state.withLock { state in
            state.nextWaiter += 1
            let waiter = state.nextWaiter
            switch state.machine.borrow(waiter, now: elapsed()) {
            case .lend(let id):
                answer.give(state.loan(id))
                return (nil, answer, nil)
            case .refuse(let error):
                answer.give(.failure(error))
                return (nil, answer, nil)
            case .wait:
                state.waiters[waiter] = answer
                return (waiter, answer, nil)
            case .waitAndConnect(let id):
                state.waiters[waiter] = answer
                return (waiter, answer, id)
            }
        }
    }

    private func refuse(_ waiter: PoolStateMachine.WaiterID, _ error: PostgresError) {
        let answer = state.withLock { state in
            state.machine.giveUp(waiter) ? state.waiters.removeValue(forKey: waiter) : nil
        }
        answer?.give(.failure(error))
    }

    private func open(_ id: PoolStateMachine.ConnectionID) {
        let connection = PostgresConnection(configuration)
        state.withLock { $0.connections[id] = connection }
        connection.open { [self] error in
            guard let error else {
                logger.debug("connected to PostgreSQL", metadata: ["connection": "\(id)"])
                return free { $0.connected(id) }
            }
            logger.info("cannot connect to PostgreSQL", metadata: ["reason": "\(String(reflecting: error))"])
            let refused = state.withLock { state in
                state.connections[id] = nil
                let waiters = state.machine.connectFailed(id, error, now: elapsed())
                return waiters.compactMap { state.waiters.removeValue(forKey: $0) }
            }
            for answer in refused { answer.give(.failure(error)) }
            tellWatchers()
        }
    }

    /// Does what the machine says about a connection nobody holds.
    private func free(_ decide: (inout PoolStateMachine) -> PoolStateMachine.FreeAction) {
        let toClose = state.withLock { state -> Loan? in
            switch decide(&state.machine) {
            case .keep: return nil
            case .lend(let id, let waiter):
                state.waiters.removeValue(forKey: waiter)?.give(state.loan(id))
                return nil
            case .close(let id): return state.connections[id].map { Loan(id: id, connection: $0) }
            }
        }
        if let toClose { close(toClose) }
    }

    private func close(_ loan: Loan) {
        loan.connection.close { [self] in
            logger.debug("closed a connection to PostgreSQL", metadata: ["connection": "\(loan.id)"])
            var toOpen: PoolStateMachine.ConnectionID?
            state.withLock { state in
                state.connections[loan.id] = nil
                switch state.machine.closed(loan.id, now: elapsed()) {
                case .nothing: break
                case .open(let id): toOpen = id
                case .refuse(let waiters, let error):
                    for waiter in waiters { state.waiters.removeValue(forKey: waiter)?.give(.failure(error)) }
                }
            }
            if let toOpen { open(toOpen) }
            tellWatchers()
        }
    }

    private func tellWatchers() {
        let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.machine.isOver else { return [] }
            defer { state.watchers = [] }
            return state.watchers
        }
        for watcher in watchers { watcher.resume() }
    }
}

/// How much time has passed on a clock since the call.
private func stopwatch<Measuring: Clock<Duration>>(_ clock: Measuring) -> @Sendable () -> Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
}
