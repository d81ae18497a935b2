public import Shared

/// All the simulator knows at one moment: the oracle about money.
public struct LedgerSnapshot: Sendable, Encodable {
    /// By the simulator's clock.
    public let now: Timestamp
    /// Oldest first.
    public let orders: [LedgerOrder]
    /// Single-use tokens, oldest first.
    public let tokens: [LedgerToken]
    /// Centavos taken from cards, refunds not subtracted.
    public let capturedCents: Int64
    /// Centavos given back.
    public let refundedCents: Int64
    public let requests: RequestCounts
    /// Calls that wait for the time of their late execution.
    public let lateCalls: Int
    /// Scripted faults that have not struck yet.
    public let faultsToCome: Int

    /// All charges, in the order of their orders.
    public var charges: [LedgerCharge] { orders.flatMap(\.charges) }

    /// The orders whose metadata says so.
    public func orders(withMetadata name: String, _ value: String) -> [LedgerOrder] {
        orders.filter { $0.details.metadata[name] == .string(value) }
    }
}
