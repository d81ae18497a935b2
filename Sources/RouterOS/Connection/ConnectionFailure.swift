/// Why there is no connection to the router: the last attempt failed, or the connection was lost.
///
/// The texts come from the system or the router and hold no secret.
public enum ConnectionFailure: Error, Hashable, Sendable {
    /// No TCP connection: refused, no route, name not found, or silence for the whole connect timeout.
    case unreachable(String)
    /// The TLS handshake failed. RouterOS offers no suite we speak until `api-ssl` has a certificate
    /// (reference `routeros.md` §1.8).
    case tlsFailed(String)
    /// The router showed another certificate than the pinned one; here is the SHA-256 of the one it showed.
    case certificateMismatch(presentedSHA256: [UInt8])
    /// Connected, but the login was not answered in time.
    case loginTimedOut
    /// The router refused the login. RouterOS says the same for a wrong user or password and for a group without the
    /// `api` policy (reference `routeros.md` §1.6): name both causes to the operator.
    case loginRejected(message: String)
    /// The router ended the connection with `!fatal` and this reason.
    case fatal(reason: String)
    /// What came is not the RouterOS API.
    case protocolViolation(String)
    /// A written request was not answered in time: the connection is open but silent.
    case silent
    /// The connection broke or was closed by the router, without a reason.
    case lost(String)
    /// The client was stopped, by shutdown or cancellation.
    case stopped

    /// True when trying again soon cannot help: somebody must correct the configuration, and each rejected login
    /// leaves a line in the router's log.
    var needsCorrection: Bool {
        switch self {
        case .loginRejected, .certificateMismatch: true
        case .unreachable, .tlsFailed, .loginTimedOut, .fatal, .protocolViolation, .silent, .lost, .stopped: false
        }
    }
}
