public import Shared

/// One attempt to charge a card on an order. All but the id may be missing.
public struct ConektaCharge: Hashable, Sendable {
    public let id: String
    /// As Conekta sent it; `state` is what it means.
    public let status: String?
    public let amountCents: Int64?
    public let currency: String?
    /// Our own reference, given with `createCharge`.
    public let referenceID: String?
    /// Why it was declined, in Conekta's short words (`insufficient_funds`).
    public let failureCode: String?
    public let createdAt: Timestamp?
    /// When the money was taken, by Conekta's clock.
    public let paidAt: Timestamp?
    /// The order it belongs to.
    let orderID: OrderID?
    let redirectURL: String?

    /// Nil unless both amount and currency are known.
    public var amount: Money? {
        guard let amountCents, let currency else { return nil }
        return Money(cents: amountCents, currency: currency)
    }

    /// What the status means for the money.
    public var state: State { State(status) }

    /// The charge took money, whether or not it went back since.
    public var hasTakenMoney: Bool { [.paid, .refunded, .partiallyRefunded].contains(state) }

    /// Why it was declined, in the buyer's terms. What is missing or not known is the plain refusal.
    public var declineReason: DeclineReason { DeclineReason(failureCode: failureCode) }

    /// What a charge's status means for the money (reference `conekta.md` §2.6).
    public enum State: Hashable, Sendable {
        /// The money was taken.
        case paid
        /// Not decided yet.
        case pending
        /// No money was taken, and none will be.
        case failed
        /// The money was taken and all of it given back.
        case refunded
        /// The money was taken and some of it given back.
        case partiallyRefunded
        /// A status that is missing, new, or whose meaning for the money is not known.
        case unclear

        init(_ status: String?) {
            switch status {
            case "paid": self = .paid
            case "pending_payment", "pending_confirmation", "in_review", "under_fraud_review": self = .pending
            case "declined", "expired", "canceled", "voided", "insufficient_funds", "card_declined", "stolen_card",
                "suspected_fraud", "unprocessable_card_type":
                self = .failed
            case "refunded": self = .refunded
            case "partially_refunded": self = .partiallyRefunded
            default: self = .unclear
            }
        }
    }
}

extension ConektaCharge: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, referenceID = "reference_id", failureCode = "failure_code"
        case createdAt = "created_at", paidAt = "paid_at", orderID = "order_id", nextAction = "next_action"
    }

    /// What decides about money must have its type or be missing; the rest is left out when it does not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        status = try container.decodeIfPresent(String.self, forKey: .status)
        amountCents = try container.decodeIfPresent(Int64.self, forKey: .amount)
        currency = try container.decodeIfPresent(String.self, forKey: .currency)
        orderID = try container.decodeIfPresent(OrderID.self, forKey: .orderID)
        referenceID = try? container.decodeIfPresent(String.self, forKey: .referenceID)
        failureCode = PlainText.code(try? container.decodeIfPresent(String.self, forKey: .failureCode))
        createdAt = Timestamp(wireSeconds: try? container.decodeIfPresent(Int64.self, forKey: .createdAt))
        paidAt = Timestamp(wireSeconds: try? container.decodeIfPresent(Int64.self, forKey: .paidAt))
        redirectURL = (try? container.decodeIfPresent(WireNextAction.self, forKey: .nextAction))?.url
    }
}
