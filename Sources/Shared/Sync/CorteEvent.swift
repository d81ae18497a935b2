/// A cashier counted what is in their till and closed it: what a box tells the centre.
///
/// The identity is that of a ``VentaEvent``.
public struct CorteEvent: Sendable, Equatable, Codable {
    public let boxID: String
    public let epoch: Int64
    public let seq: Int64
    /// Always `corte`.
    public let kind: String
    public let at: Timestamp
    public let corte: Corte

    public init(boxID: String, epoch: Int64, seq: Int64, at: Timestamp, corte: Corte) {
        self.boxID = boxID
        self.epoch = epoch
        self.seq = seq
        kind = "corte"
        self.at = at
        self.corte = corte
    }

    enum CodingKeys: String, CodingKey {
        case boxID = "box_id"
        case epoch, seq, kind, at, corte
    }

    /// What was sold since the corte before, and what was in the drawer. The cashier said the second before they saw the first.
    public struct Corte: Sendable, Equatable, Codable {
        public let id: String
        public let tillID: String
        /// Of the till and its currency, from 1 without gaps.
        public let number: Int64
        public let cashierID: String
        public let currency: String
        /// The folios it covers; the last is one less than the first when nothing was sold.
        public let firstFolio: Int64
        public let lastFolio: Int64
        /// All sales of those folios, with those taken back.
        public let saleCount: Int64
        public let soldCents: Int64
        public let voidCount: Int64
        public let voidedCents: Int64
        public let countedCents: Int64
        /// What resellers paid into the till since the corte before; absent where none did.
        public let abonoCount: Int64?
        public let abonoCents: Int64?

        /// What should be in the drawer.
        public var expectedCents: Int64 { soldCents - voidedCents + (abonoCents ?? 0) }
        /// Negative when something is missing.
        public var differenceCents: Int64 { countedCents - expectedCents }

        public init(
            id: String,
            tillID: String,
            number: Int64,
            cashierID: String,
            currency: String,
            firstFolio: Int64,
            lastFolio: Int64,
            saleCount: Int64,
            soldCents: Int64,
            voidCount: Int64,
            voidedCents: Int64,
            countedCents: Int64,
            abonoCount: Int64? = nil,
            abonoCents: Int64? = nil
        ) {
            self.id = id
            self.tillID = tillID
            self.number = number
            self.cashierID = cashierID
            self.currency = currency
            self.firstFolio = firstFolio
            self.lastFolio = lastFolio
            self.saleCount = saleCount
            self.soldCents = soldCents
            self.voidCount = voidCount
            self.voidedCents = voidedCents
            self.countedCents = countedCents
            self.abonoCount = abonoCount
            self.abonoCents = abonoCents
        }

        enum CodingKeys: String, CodingKey {
            case id, number, currency
            case tillID = "till_id"
            case cashierID = "cashier_id"
            case firstFolio = "first_folio"
            case lastFolio = "last_folio"
            case saleCount = "sale_count"
            case soldCents = "sold_cents"
            case voidCount = "void_count"
            case voidedCents = "voided_cents"
            case countedCents = "counted_cents"
            case abonoCount = "abono_count"
            case abonoCents = "abono_cents"
        }
    }
}
