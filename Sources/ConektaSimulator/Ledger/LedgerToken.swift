public import Shared

/// A card as the browser handed it in: good for one payment, for ten minutes (reference `conekta.md` §4).
public struct LedgerToken: Hashable, Sendable, Encodable {
    /// `tok_` and 17 characters.
    public let id: String
    public let card: CardDetails
    public let createdAt: Timestamp
    /// The order whose payment, approved or declined, used it up.
    public internal(set) var usedByOrderID: String?
    let outcome: CardOutcome

    static let lifetime: Duration = .seconds(600)

    private enum CodingKeys: String, CodingKey {
        case id, card, createdAt, usedByOrderID
    }
}
