/// A sale for cash that was taken back at the counter, with its money: what a box tells the centre.
///
/// The venta itself never changes; each is voided once at most. The identity is that of a ``VentaEvent``.
public struct VoidEvent: Sendable, Equatable, Codable {
    public let boxID: String
    public let epoch: Int64
    public let seq: Int64
    /// Always `void`.
    public let kind: String
    public let at: Timestamp
    public let void: VoidedVenta

    public init(boxID: String, epoch: Int64, seq: Int64, at: Timestamp, void: VoidedVenta) {
        self.boxID = boxID
        self.epoch = epoch
        self.seq = seq
        kind = "void"
        self.at = at
        self.void = void
    }

    enum CodingKeys: String, CodingKey {
        case boxID = "box_id"
        case epoch, seq, kind, at, void
    }

    public struct VoidedVenta: Sendable, Equatable, Codable {
        public let ventaID: String
        /// Who gave the money back.
        public let cashierID: String
        /// In the cashier's words.
        public let reason: String
        /// All that was paid.
        public let amountCents: Int64
        public let currency: String

        public init(ventaID: String, cashierID: String, reason: String, amountCents: Int64, currency: String) {
            self.ventaID = ventaID
            self.cashierID = cashierID
            self.reason = reason
            self.amountCents = amountCents
            self.currency = currency
        }

        enum CodingKeys: String, CodingKey {
            case reason, currency
            case ventaID = "venta_id"
            case cashierID = "cashier_id"
            case amountCents = "amount_cents"
        }
    }
}
