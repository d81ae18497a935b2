/// How a request to the router failed. The caller's next step depends on whether the router may have acted.
public enum RouterOSError: Error, Hashable, Sendable {
    /// Never written to the router: nothing happened, and asking again is safe.
    case notSent(NotSentReason)
    /// Written, and no answer came: the router may or may not have carried it out. Look before asking again.
    case outcomeUnknown(OutcomeUnknownReason)
    /// The router refused the request.
    case trap(Trap)
    /// The router answered, but not in a form we understand.
    case invalidReply(String)
    /// Refused here, before anything was written.
    case invalidArgument(InvalidArgument)

    /// Why a request was never written.
    public enum NotSentReason: Hashable, Sendable {
        /// Its time was over while it waited for the connection or for a slot on it.
        case timedOut
        /// The calling task was cancelled while it waited.
        case cancelled
        /// There is no connection, for this reason.
        case disconnected(ConnectionFailure)
    }

    /// Why a written request has no answer.
    public enum OutcomeUnknownReason: Hashable, Sendable {
        /// Its time was over. The connection was dropped.
        case timedOut
        /// The calling task was cancelled while the router worked on it.
        case cancelled
        /// The connection ended first, for this reason.
        case connectionLost(ConnectionFailure)
    }

    /// What we refuse to write to the router.
    public enum InvalidArgument: Hashable, Sendable {
        /// The argument holds other than printable ASCII. RouterOS keeps bytes, its tools guess their encoding
        /// (reference `routeros.md` §1.9).
        case notASCII(argument: String)
        /// The argument is empty where RouterOS needs a value.
        case empty(argument: String)
        /// The router has nothing of that name.
        case unknownName(argument: String)
    }

    /// The kind of error the router answered with, if that is what this is.
    public var trapKind: TrapKind? {
        if case .trap(let trap) = self { trap.kind } else { nil }
    }
}
