public import Outbound

/// Why a call that only reads brought nothing.
public enum ConektaFailure: Hashable, Sendable {
    case notSent(TransportFailure)
    case inDoubt(ConektaDoubt)
    case rejected(ConektaRejection)
}
