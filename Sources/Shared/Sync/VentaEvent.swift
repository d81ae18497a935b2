/// The immutable fact that a ficha was sold, or that a sale's money went back: what a box tells the centre.
///
/// Its identity is `(box_id, epoch, seq)`, gap-free within an epoch. What is chained and sent are the stored bytes.
public struct VentaEvent: Sendable, Equatable, Codable {
    public let boxID: String
    public let epoch: Int64
    public let seq: Int64
    /// Always `venta`; other facts will have other kinds.
    public let kind: String
    public let at: Timestamp
    public let venta: Venta

    public init(boxID: String, epoch: Int64, seq: Int64, at: Timestamp, venta: Venta) {
        self.boxID = boxID
        self.epoch = epoch
        self.seq = seq
        kind = "venta"
        self.at = at
        self.venta = venta
    }

    enum CodingKeys: String, CodingKey {
        case boxID = "box_id"
        case epoch, seq, kind, at, venta
    }

    /// How a sale ended, in money.
    public enum Outcome: String, Sendable, Codable {
        case delivered, refunded
    }

    public struct Venta: Sendable, Equatable, Codable {
        /// The purchase's id, what the counter calls the sale, or the entrega's with the code: one venta for each at most.
        public let id: String
        /// `card`, `cash` or `reseller`: for that one it is booked when the ficha is used first.
        public let method: String
        public let outcome: Outcome
        public let routerID: String
        public let productID: Int64
        public let productName: String
        public let durationSeconds: Int64
        /// Absent where the money went back before a code was minted.
        public let fichaCode: String?
        public let amountCents: Int64
        public let refundedCents: Int64
        public let currency: String
        /// Conekta's `ord_…`.
        public let orderID: String?
        /// Conekta's charge.
        public let chargeID: String?
        /// The till it was sold at for cash. A box that lost its disk begins a new one.
        public let tillID: String?
        /// Of the till, from 1 without gaps.
        public let folio: Int64?
        /// Who took the cash.
        public let cashierID: String?
        /// Who sold it for a commission.
        public let resellerID: String?
        /// What it was handed over with.
        public let entregaID: String?
        /// What the reseller keeps of the amount, by the rate of the day it was handed over.
        public let commissionCents: Int64?

        public init(
            id: String,
            method: String,
            outcome: Outcome,
            routerID: String,
            productID: Int64,
            productName: String,
            durationSeconds: Int64,
            fichaCode: String?,
            amountCents: Int64,
            refundedCents: Int64,
            currency: String,
            orderID: String?,
            chargeID: String?,
            tillID: String? = nil,
            folio: Int64? = nil,
            cashierID: String? = nil,
            resellerID: String? = nil,
            entregaID: String? = nil,
            commissionCents: Int64? = nil
        ) {
            self.id = id
            self.method = method
            self.outcome = outcome
            self.routerID = routerID
            self.productID = productID
            self.productName = productName
            self.durationSeconds = durationSeconds
            self.fichaCode = fichaCode
            self.amountCents = amountCents
            self.refundedCents = refundedCents
            self.currency = currency
            self.orderID = orderID
            self.chargeID = chargeID
            self.tillID = tillID
            self.folio = folio
            self.cashierID = cashierID
            self.resellerID = resellerID
            self.entregaID = entregaID
            self.commissionCents = commissionCents
        }

        enum CodingKeys: String, CodingKey {
            case id, method, outcome, currency, folio
            case routerID = "router_id"
            case productID = "product_id"
            case productName = "product_name"
            case durationSeconds = "duration_seconds"
            case fichaCode = "ficha_code"
            case amountCents = "amount_cents"
            case refundedCents = "refunded_cents"
            case orderID = "order_id"
            case chargeID = "charge_id"
            case tillID = "till_id"
            case cashierID = "cashier_id"
            case resellerID = "reseller_id"
            case entregaID = "entrega_id"
            case commissionCents = "commission_cents"
        }
    }
}
