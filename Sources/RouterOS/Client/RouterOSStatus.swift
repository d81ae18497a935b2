public import Shared

/// How a client stands with its router, for health pages and the connection test.
public struct RouterOSStatus: Hashable, Sendable {
    public enum Connection: Hashable, Sendable {
        /// Being made, or not yet begun.
        case connecting
        /// Logged in since then.
        case connected(since: Timestamp)
        /// The last attempt failed, and the next one is not due yet. Requests fail at once.
        case away
        /// The client has been stopped.
        case stopped
    }

    public internal(set) var connection = Connection.connecting

    /// Logged in now.
    public var isConnected: Bool {
        if case .connected = connection { true } else { false }
    }

    /// Why the last connection ended or the last attempt failed; kept while connected.
    public internal(set) var lastFailure: ConnectionFailure?
    public internal(set) var lastFailureAt: Timestamp?
}
