/// What a reseller sold was counted, and what they paid was taken: what a box tells the centre.
///
/// The identity is that of a ``VentaEvent``.
public struct ResellerCorteEvent: Sendable, Equatable, Codable {
    public let boxID: String
    public let epoch: Int64
    public let seq: Int64
    /// Always `corte_revendedor`.
    public let kind: String
    public let at: Timestamp
    public let corte: Corte

    public init(boxID: String, epoch: Int64, seq: Int64, at: Timestamp, corte: Corte) {
        self.boxID = boxID
        self.epoch = epoch
        self.seq = seq
        kind = "corte_revendedor"
        self.at = at
        self.corte = corte
    }

    enum CodingKeys: String, CodingKey {
        case boxID = "box_id"
        case epoch, seq, kind, at, corte
    }

    /// One currency of a reseller's account at a box.
    public struct Corte: Sendable, Equatable, Codable {
        public let id: String
        public let resellerID: String
        public let resellerName: String
        public let currency: String
        /// Of the account, from 1 without gaps.
        public let number: Int64
        public let cashierID: String
        /// The till that took the abono; absent where nothing was paid.
        public let tillID: String?
        /// What was owed before; negative for a credit.
        public let previousBalanceCents: Int64
        /// For what was sold since the corte before, the commission taken off.
        public let owedCents: Int64
        /// What was paid.
        public let abonoCents: Int64
        public let balanceCents: Int64
        public let lines: [Line]

        public init(
            id: String,
            resellerID: String,
            resellerName: String,
            currency: String,
            number: Int64,
            cashierID: String,
            tillID: String?,
            previousBalanceCents: Int64,
            owedCents: Int64,
            abonoCents: Int64,
            lines: [Line]
        ) {
            self.id = id
            self.resellerID = resellerID
            self.resellerName = resellerName
            self.currency = currency
            self.number = number
            self.cashierID = cashierID
            self.tillID = tillID
            self.previousBalanceCents = previousBalanceCents
            self.owedCents = owedCents
            self.abonoCents = abonoCents
            balanceCents = previousBalanceCents + owedCents - abonoCents
            self.lines = lines
        }

        enum CodingKeys: String, CodingKey {
            case id, currency, number, lines
            case resellerID = "reseller_id"
            case resellerName = "reseller_name"
            case cashierID = "cashier_id"
            case tillID = "till_id"
            case previousBalanceCents = "previous_balance_cents"
            case owedCents = "owed_cents"
            case abonoCents = "abono_cents"
            case balanceCents = "balance_cents"
        }
    }

    /// All of a product that was handed over at one price and rate, since the beginning.
    public struct Line: Sendable, Equatable, Codable {
        public let productID: Int64
        public let productName: String
        public let priceCents: Int64
        public let commissionBasisPoints: Int64
        /// Of each.
        public let commissionCents: Int64
        public let delivered: Int64
        public let returned: Int64
        /// What the box knows to be sold, because it was used.
        public let used: Int64
        /// What the reseller still had, as it was counted.
        public let inHand: Int64
        /// What was neither brought back nor there.
        public let sold: Int64
        /// Of those, what no corte before had.
        public let newSold: Int64
        public let owedCents: Int64

        public init(
            productID: Int64,
            productName: String,
            priceCents: Int64,
            commissionBasisPoints: Int64,
            commissionCents: Int64,
            delivered: Int64,
            returned: Int64,
            used: Int64,
            inHand: Int64,
            sold: Int64,
            newSold: Int64,
            owedCents: Int64
        ) {
            self.productID = productID
            self.productName = productName
            self.priceCents = priceCents
            self.commissionBasisPoints = commissionBasisPoints
            self.commissionCents = commissionCents
            self.delivered = delivered
            self.returned = returned
            self.used = used
            self.inHand = inHand
            self.sold = sold
            self.newSold = newSold
            self.owedCents = owedCents
        }

        enum CodingKeys: String, CodingKey {
            case delivered, returned, used, sold
            case productID = "product_id"
            case productName = "product_name"
            case priceCents = "price_cents"
            case commissionBasisPoints = "commission_bp"
            case commissionCents = "commission_cents"
            case inHand = "in_hand"
            case newSold = "new_sold"
            case owedCents = "owed_cents"
        }
    }
}
