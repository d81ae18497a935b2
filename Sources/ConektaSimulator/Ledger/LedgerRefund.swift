public import Shared

/// Money that went back to a card.
public struct LedgerRefund: Hashable, Sendable, Encodable {
    /// 24 hexadecimal digits.
    public let id: String
    /// Centavos, positive here; the API shows refunds as negative amounts (reference `conekta.md` §3).
    public let amountCents: Int64
    public let reason: String?
    public let authorizationCode: String
    public let createdAt: Timestamp
}
