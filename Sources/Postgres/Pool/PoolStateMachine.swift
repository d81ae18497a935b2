/// Who has which connection: the pool's decisions without its connections, tasks and clock.
///
/// Whoever waits is served in the order of coming, and nobody who comes later is served before. At most `limit`
/// connections exist, whatever they are doing. A failed attempt to connect starts a pause; during it, and while no
/// connection is left to wait for, whoever asks is told at once.
struct PoolStateMachine {
    typealias ConnectionID = Int
    typealias WaiterID = Int

    enum BorrowAction: Equatable {
        case lend(ConnectionID)
        case wait
        case waitAndConnect(ConnectionID)
        case refuse(PostgresError)
    }

    enum FreeAction: Equatable {
        case lend(ConnectionID, to: WaiterID)
        case keep
        case close(ConnectionID)
    }

    enum ClosedAction: Equatable {
        case nothing
        case open(ConnectionID)
        case refuse([WaiterID], PostgresError)
    }

    private enum Use { case connecting, idle, lent, closing }

    private let limit: Int
    private let backoff: Backoff
    private var uses: [ConnectionID: Use] = [:]
    /// The one used last is lent first, so that those too many are not kept busy.
    private var idle: [ConnectionID] = []
    private var waiters: [WaiterID] = []
    private var nextID = 0
    private var failures = 0
    private var lastFailure: PostgresError?
    /// Since the pool's beginning; until then nothing is tried.
    private var pauseEnd = Duration.zero
    private(set) var isOpen = true

    /// - Parameter limit: At least 1.
    init(limit: Int, backoff: Backoff) {
        precondition(limit >= 1)
        self.limit = limit
        self.backoff = backoff
    }

    /// Closed, and nothing is left of it.
    var isOver: Bool { !isOpen && uses.isEmpty }
    /// Connections that somebody works with.
    var lent: [ConnectionID] { uses.filter { $0.value == .lent }.map(\.key) }
    var occupancy: PostgresPoolOccupancy {
        PostgresPoolOccupancy(connections: uses.count, lent: lent.count, waiting: waiters.count)
    }

    /// Somebody wants a connection.
    mutating func borrow(_ waiter: WaiterID, now: Duration) -> BorrowAction {
        guard isOpen else { return .refuse(.poolClosed) }
        if let connection = idle.popLast() {
            uses[connection] = .lent
            return .lend(connection)
        }
        if let lastFailure, isHopeless(now: now) { return .refuse(lastFailure) }
        waiters.append(waiter)
        return connectionToOpen(now: now).map { .waitAndConnect($0) } ?? .wait
    }

    /// Somebody waits no longer. False when they had already been answered.
    mutating func giveUp(_ waiter: WaiterID) -> Bool {
        guard let place = waiters.firstIndex(of: waiter) else { return false }
        waiters.remove(at: place)
        return true
    }

    /// A connection is made.
    mutating func connected(_ connection: ConnectionID) -> FreeAction {
        failures = 0
        lastFailure = nil
        return free(connection)
    }

    /// A connection could not be made. Returns who is to be told; the others may wait for connections that are left.
    mutating func connectFailed(_ connection: ConnectionID, _ error: PostgresError, now: Duration) -> [WaiterID] {
        uses[connection] = nil
        failures += 1
        lastFailure = error
        pauseEnd = now + backoff.pause(afterFailures: failures)
        guard isHopeless(now: now) else { return [] }
        defer { waiters = [] }
        return waiters
    }

    /// A connection comes back.
    mutating func giveBack(_ connection: ConnectionID, isReusable: Bool) -> FreeAction {
        if isReusable { return free(connection) }
        uses[connection] = .closing
        return .close(connection)
    }

    /// A connection is closed, and makes room for another if somebody waits.
    mutating func closed(_ connection: ConnectionID, now: Duration) -> ClosedAction {
        uses[connection] = nil
        if !waiters.isEmpty, let lastFailure, isHopeless(now: now) {
            defer { waiters = [] }
            return .refuse(waiters, lastFailure)
        }
        return connectionToOpen(now: now).map { .open($0) } ?? .nothing
    }

    /// Nothing is lent any more. Returns who waits in vain, and what is to be closed now.
    mutating func close() -> (waiters: [WaiterID], idle: [ConnectionID]) {
        isOpen = false
        for connection in idle { uses[connection] = .closing }
        defer { (waiters, idle) = ([], []) }
        return (waiters, idle)
    }

    private mutating func free(_ connection: ConnectionID) -> FreeAction {
        guard isOpen else {
            uses[connection] = .closing
            return .close(connection)
        }
        guard !waiters.isEmpty else {
            uses[connection] = .idle
            idle.append(connection)
            return .keep
        }
        uses[connection] = .lent
        return .lend(connection, to: waiters.removeFirst())
    }

    /// Nothing may be tried yet, and there is no connection that could become free.
    private func isHopeless(now: Duration) -> Bool {
        lastFailure != nil && now < pauseEnd && !uses.values.contains { $0 == .lent || $0 == .connecting }
    }

    /// Opens no more than are waited for.
    private mutating func connectionToOpen(now: Duration) -> ConnectionID? {
        let connecting = uses.values.count { $0 == .connecting }
        guard uses.count < limit, connecting < waiters.count, now >= pauseEnd || lastFailure == nil else { return nil }
        nextID += 1
        uses[nextID] = .connecting
        return nextID
    }
}
