public import Shared

/// An order as Conekta shows it. All but the id may be missing.
///
/// What it says about the money is `settlement`; `paymentStatus` alone is not to be trusted.
public struct ConektaOrder: Hashable, Sendable {
    public let id: OrderID
    public let amountCents: Int64?
    public let currency: String?
    /// Numbers and booleans as text.
    public let metadata: [String: String]
    /// When it was made, by Conekta's clock, to the second.
    public let createdAt: Timestamp?
    /// Who pays, as the order was told; nil where it does not say.
    public let customerName: Secret<String>?
    public let customerEmail: Secret<String>?
    /// As Conekta sent it.
    public let paymentStatus: String?
    /// Centavos given back so far.
    public let amountRefundedCents: Int64?
    /// Conekta's own forecast of whether a refund would be accepted.
    public let isRefundable: Bool?
    /// Every charge that was sent, in Conekta's order.
    public let charges: [ConektaCharge]
    /// The page of the buyer's bank, while a payment waits for 3-D Secure.
    public let redirectURL: String?
    /// False when Conekta has charges it did not send.
    let chargesAreComplete: Bool

    /// Nil unless both amount and currency are known.
    public var amount: Money? {
        guard let amountCents, let currency else { return nil }
        return Money(cents: amountCents, currency: currency)
    }
}

extension ConektaOrder: Decodable {
    private enum CodingKeys: String, CodingKey {
        case object, id, amount, currency, metadata, charges
        case paymentStatus = "payment_status", amountRefunded = "amount_refunded", isRefundable = "is_refundable"
        case nextAction = "next_action", createdAt = "created_at", customer = "customer_info"
    }

    private struct Customer: Decodable {
        let name: Secret<String>?
        let email: Secret<String>?
    }

    /// What decides about money must have its type or be missing; the rest is left out when it does not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(OrderID.self, forKey: .id)
        amountCents = try container.decodeIfPresent(Int64.self, forKey: .amount)
        currency = try container.decodeIfPresent(String.self, forKey: .currency)
        paymentStatus = try container.decodeIfPresent(String.self, forKey: .paymentStatus)
        amountRefundedCents = try container.decodeIfPresent(Int64.self, forKey: .amountRefunded)
        let list = try container.decodeIfPresent(WireList<ConektaCharge>.self, forKey: .charges) ?? .empty
        charges = list.elements
        chargesAreComplete = list.isComplete
        let values = (try? container.decodeIfPresent([String: WireScalar].self, forKey: .metadata)) ?? [:]
        metadata = values.compactMapValues(\.text)
        createdAt = Timestamp(wireSeconds: try? container.decodeIfPresent(Int64.self, forKey: .createdAt))
        let customer = try? container.decodeIfPresent(Customer.self, forKey: .customer)
        customerName = customer?.name
        customerEmail = customer?.email
        isRefundable = try? container.decodeIfPresent(Bool.self, forKey: .isRefundable)
        redirectURL = (try? container.decodeIfPresent(WireNextAction.self, forKey: .nextAction))?.url
    }
}
