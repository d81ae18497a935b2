public import Shared

/// One attempt to take money from a card.
public struct LedgerCharge: Hashable, Sendable, Encodable {
    public enum Status: String, Sendable, Encodable {
        case paid, declined, canceled
        /// Authorised, to be captured or released later.
        case preauthorized = "pre_authorized"
        /// Waits for the payer in a 3DS challenge. The order does not list it yet (reference `conekta.md` §2.5).
        case pendingPayment = "pending_payment"
    }

    /// 24 hexadecimal digits.
    public let id: String
    public let orderID: String
    public internal(set) var status: Status
    /// Centavos. Another amount than the order's only after the fault that does so.
    public internal(set) var amountCents: Int64
    public let referenceID: String?
    public let tokenID: String
    public let card: CardDetails
    public let monthlyInstallments: Int64?
    public let createdAt: Timestamp
    public internal(set) var paidAt: Timestamp?
    public internal(set) var failureCode: String?
    public internal(set) var failureMessage: String?
    /// What the bank authorised it with; nil for a declined charge.
    public internal(set) var authorizationCode: String?
    /// Oldest first.
    public internal(set) var refunds: [LedgerRefund] = []

    /// Centavos this charge has taken from the card, refunds not subtracted.
    public var capturedCents: Int64 { status == .paid ? amountCents : 0 }
    /// Centavos given back.
    public var refundedCents: Int64 { refunds.reduce(0) { $0 + $1.amountCents } }

    /// The status Conekta shows: refunds change it.
    var shownStatus: String {
        guard status == .paid, refundedCents > 0 else { return status.rawValue }
        return refundedCents == amountCents ? "refunded" : "partially_refunded"
    }
}
