/// How a request ended, told apart by what the other side can know of it.
///
/// The difference between the first two is what keeps a card from being charged twice: only `notSent` may be sent again.
public enum OutboundOutcome: Hashable, Sendable {
    /// Not one byte of the request left this machine.
    case notSent(TransportFailure)
    /// Bytes of the request left and no whole answer came back: it may or may not have been carried out.
    case outcomeUnknown(TransportFailure)
    /// A whole answer came back, whatever it says.
    case answered(OutboundResponse)
}

extension OutboundOutcome {
    /// The outcome of a request without an answer. `requestBytes` is what libcurl wrote to the connection; it is 0
    /// exactly when nothing of the request left (reference `swift.md` §5).
    static func failed(_ failure: TransportFailure, requestBytes: Int) -> OutboundOutcome {
        requestBytes == 0 ? .notSent(failure) : .outcomeUnknown(failure)
    }
}

extension OutboundOutcome: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notSent(let failure): "not sent: \(failure)"
        case .outcomeUnknown(let failure): "outcome unknown: \(failure)"
        case .answered(let response): "answered: \(response)"
        }
    }
}
