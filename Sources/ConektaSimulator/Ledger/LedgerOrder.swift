public import Shared

/// An order as the simulator knows it, which is more than its API shows.
public struct LedgerOrder: Hashable, Sendable, Encodable {
    /// `ord_` and 17 characters.
    public let id: String
    public let createdAt: Timestamp
    public internal(set) var updatedAt: Timestamp
    public internal(set) var details: OrderDetails
    /// Oldest first. The API lists them newest first and leaves out the one that waits for 3DS.
    public internal(set) var charges: [LedgerCharge] = []
    /// The 3DS challenge the payer has not finished.
    public internal(set) var challenge: Challenge?
    public internal(set) var isCanceled = false
    /// What `payment_status` says when all charges are declined: `declined`, `pending_payment` or nothing, as recorded
    /// orders do with no visible rule (reference `conekta.md` §2.6).
    var statusWhenDeclined: String?

    /// A 3DS challenge under way.
    public struct Challenge: Hashable, Sendable, Encodable {
        /// The last part of the page's address.
        public let id: String
        /// The charge that waits for it.
        public let chargeID: String
    }

    /// Centavos.
    public var amountCents: Int64 { details.amountCents }
    /// Centavos taken from cards, refunds not subtracted.
    public var capturedCents: Int64 { charges.reduce(0) { $0 + $1.capturedCents } }
    /// Centavos given back.
    public var refundedCents: Int64 { charges.reduce(0) { $0 + $1.refundedCents } }

    var paidChargeIndex: Int? { charges.firstIndex { $0.status == .paid } }
    var preauthorizedChargeIndex: Int? { charges.firstIndex { $0.status == .preauthorized } }

    /// What the API says in `payment_status`; nil where it says nothing.
    var paymentStatus: String? {
        if isCanceled { return "canceled" }
        if challenge != nil { return "pending_payment" }
        if let index = paidChargeIndex { return charges[index].shownStatus }
        if preauthorizedChargeIndex != nil { return "pre_authorized" }
        return charges.isEmpty ? nil : statusWhenDeclined
    }

    /// True while a refund would be accepted: card payments within 30 days, with something left to give back.
    func isRefundable(at now: Timestamp) -> Bool {
        guard let index = paidChargeIndex, let paidAt = charges[index].paidAt else { return false }
        return charges[index].refundedCents < charges[index].amountCents && now - paidAt <= Self.refundPeriod
    }

    /// Reference `conekta.md` §3: the help centre allows refunds within 30 days.
    private static let refundPeriod: Duration = .seconds(30 * 86_400)
}
