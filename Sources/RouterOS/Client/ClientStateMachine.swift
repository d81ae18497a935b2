/// What becomes of requests while the connection comes and goes. No I/O and no clock.
///
/// While a connection is being made, requests wait for it. Once an attempt has failed they fail at once, with the
/// reason, until the next attempt begins: a buyer in front of a dead router should not wait for a timeout to learn it.
struct ClientStateMachine<Request, Connection>: ~Copyable {
    private enum State: ~Copyable {
        case connecting(waiting: [(id: UInt64, request: Request)])
        case connected(Connection)
        case away(ConnectionFailure)
    }

    private var state: State

    init() {
        self.init(.connecting(waiting: []))
    }

    private init(_ state: consuming State) {
        self.state = state
    }

    enum SubmitAction {
        case send(Connection)
        case wait
        case refuse(ConnectionFailure)
    }

    mutating func submit(_ request: Request, id: UInt64) -> SubmitAction {
        switch consume state {
        case .connecting(var waiting):
            waiting.append((id, request))
            self = Self(.connecting(waiting: waiting))
            return .wait
        case .connected(let connection):
            self = Self(.connected(connection))
            return .send(connection)
        case .away(let failure):
            self = Self(.away(failure))
            return .refuse(failure)
        }
    }

    enum WithdrawAction {
        /// It waited for the connection; now it does not.
        case notSent(Request)
        /// If anybody has it, this connection has.
        case ask(Connection)
        case none
    }

    /// A request is given up or its time is over.
    mutating func withdraw(_ id: UInt64) -> WithdrawAction {
        switch consume state {
        case .connecting(var waiting):
            let index = waiting.firstIndex { $0.id == id }
            let request = index.map { waiting.remove(at: $0).request }
            self = Self(.connecting(waiting: waiting))
            return request.map { .notSent($0) } ?? .none
        case .connected(let connection):
            self = Self(.connected(connection))
            return .ask(connection)
        case .away(let failure):
            self = Self(.away(failure))
            return .none
        }
    }

    /// An attempt to connect begins: requests may wait again.
    mutating func attempting() {
        switch consume state {
        case .connecting(let waiting): self = Self(.connecting(waiting: waiting))
        case .connected(let connection): self = Self(.connected(connection))
        case .away: self = Self(.connecting(waiting: []))
        }
    }

    /// Logged in. Returns the requests to send now, in order.
    mutating func connected(_ connection: Connection) -> [Request] {
        switch consume state {
        case .connecting(let waiting):
            self = Self(.connected(connection))
            return waiting.map(\.request)
        case .connected:
            preconditionFailure("connected twice")
        case .away:
            preconditionFailure("connected without an attempt")
        }
    }

    /// The connection has ended. After a useful one, requests wait for the next, which is tried soon; else the router is
    /// as good as away, and the requests that came meanwhile are told.
    mutating func lost(_ failure: ConnectionFailure, wasUseful: Bool) {
        switch consume state {
        case .connected:
            self = Self(wasUseful ? .connecting(waiting: []) : .away(failure))
        case .connecting:
            preconditionFailure("lost a connection before it stood")
        case .away:
            preconditionFailure("lost a connection twice")
        }
    }

    /// An attempt has failed, or there will be none. Returns the requests that will not be sent.
    mutating func failed(_ failure: ConnectionFailure) -> [Request] {
        switch consume state {
        case .connecting(let waiting):
            self = Self(.away(failure))
            return waiting.map(\.request)
        case .connected:
            preconditionFailure("an attempt failed while connected")
        case .away:
            self = Self(.away(failure))
            return []
        }
    }
}
