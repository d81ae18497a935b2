/// A product at one price and rate, as a reseller has it of one site, since the beginning.
struct ResellerAccountLine: Encodable, Sendable, Equatable {
    /// What makes it one line.
    struct Key: Hashable, Sendable {
        let siteID: String
        let currency: String
        let productID: Int64
        let priceCents: Int64
        let commissionBasisPoints: Int64

        /// - Throws: `SQLRow.Mismatch`.
        init(_ row: SQLRow) throws {
            siteID = try row.text("site_id")
            currency = try row.text("currency")
            productID = try row.integer("product_id")
            priceCents = try row.integer("price_cents")
            commissionBasisPoints = try row.integer("commission_bp")
        }
    }

    let productID: Int64
    let productName: String
    let priceCents: Int64
    let commissionBasisPoints: Int64
    /// Of each.
    let commissionCents: Int64
    let delivered: Int64
    let returned: Int64
    /// Known to be sold, because they were used.
    let used: Int64
    /// In cortes.
    let settled: Int64

    enum CodingKeys: String, CodingKey {
        case delivered, returned, used, settled
        case productID = "product_id"
        case productName = "product_name"
        case priceCents = "price_cents"
        case commissionBasisPoints = "commission_bp"
        case commissionCents = "commission_cents"
    }
}
