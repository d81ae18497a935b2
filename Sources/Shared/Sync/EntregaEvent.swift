/// Printed fichas were handed over to a reseller and work from then on: what a box tells the centre.
///
/// The identity is that of a ``VentaEvent``. What of them is sold is not known yet; each that is used becomes a venta.
public struct EntregaEvent: Sendable, Equatable, Codable {
    public let boxID: String
    public let epoch: Int64
    public let seq: Int64
    /// Always `entrega`.
    public let kind: String
    public let at: Timestamp
    public let entrega: Entrega

    public init(boxID: String, epoch: Int64, seq: Int64, at: Timestamp, entrega: Entrega) {
        self.boxID = boxID
        self.epoch = epoch
        self.seq = seq
        kind = "entrega"
        self.at = at
        self.entrega = entrega
    }

    enum CodingKeys: String, CodingKey {
        case boxID = "box_id"
        case epoch, seq, kind, at, entrega
    }

    public struct Entrega: Sendable, Equatable, Codable {
        public let id: String
        public let resellerID: String
        /// On that day.
        public let resellerName: String
        /// Who handed them over.
        public let cashierID: String
        public let batchID: String
        public let fichas: ConsignedFichas
        public let priceCents: Int64
        public let currency: String
        /// Of that day: see ``Commission``.
        public let commissionBasisPoints: Int64
        /// Of each.
        public let commissionCents: Int64
        /// The smallest and the largest of their places in the batch.
        public let firstNumber: Int64
        public let lastNumber: Int64

        public init(
            id: String,
            resellerID: String,
            resellerName: String,
            cashierID: String,
            batchID: String,
            fichas: ConsignedFichas,
            priceCents: Int64,
            currency: String,
            commissionBasisPoints: Int64,
            commissionCents: Int64,
            firstNumber: Int64,
            lastNumber: Int64
        ) {
            self.id = id
            self.resellerID = resellerID
            self.resellerName = resellerName
            self.cashierID = cashierID
            self.batchID = batchID
            self.fichas = fichas
            self.priceCents = priceCents
            self.currency = currency
            self.commissionBasisPoints = commissionBasisPoints
            self.commissionCents = commissionCents
            self.firstNumber = firstNumber
            self.lastNumber = lastNumber
        }

        enum CodingKeys: String, CodingKey {
            case id, fichas, currency
            case resellerID = "reseller_id"
            case resellerName = "reseller_name"
            case cashierID = "cashier_id"
            case batchID = "batch_id"
            case priceCents = "price_cents"
            case commissionBasisPoints = "commission_bp"
            case commissionCents = "commission_cents"
            case firstNumber = "first_number"
            case lastNumber = "last_number"
        }
    }
}
