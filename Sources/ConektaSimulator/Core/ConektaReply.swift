/// What a caller gets from the simulator, and when.
public struct ConektaReply: Sendable {
    public enum Delivery: Hashable, Sendable {
        case answer(ConektaResponse)
        /// The connection is closed after that many bytes of the body.
        case cut(ConektaResponse, bodyBytes: Int)
        /// The connection is closed without an answer.
        case closed
        /// Nothing comes, ever.
        case silence
    }

    public let delivery: Delivery
    /// How long the caller waits for it. The call was executed before, not after.
    public let latency: Duration

    /// The answer where it arrives whole.
    public var answer: ConektaResponse? {
        guard case .answer(let response) = delivery else { return nil }
        return response
    }
}
