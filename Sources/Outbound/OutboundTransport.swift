/// What sends requests: `OutboundClient`, or in simulations of the box the other side in memory.
public protocol OutboundTransport: Sendable {
    /// Sends a request once and says exactly how it ended.
    func send(_ request: OutboundRequest) async -> OutboundOutcome
}
