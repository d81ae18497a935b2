public import Outbound

/// Why it is not known whether a call was carried out. Only reading the order can tell.
public enum ConektaDoubt: Hashable, Sendable {
    /// The request left and no whole answer came.
    case transport(TransportFailure)
    /// A status that says nothing about the money: 5xx, 408, a redirect.
    case status(Int)
    /// An answer that is not Conekta's or cannot be read, by its status.
    case unreadable(status: Int)
    /// An answer that contradicts itself or what was asked, such as another order's.
    case contradictory
}
