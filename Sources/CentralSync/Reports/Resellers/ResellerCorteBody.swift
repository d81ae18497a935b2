import Shared

/// A reseller's corte as it is answered.
struct ResellerCorteBody: Encodable, Sendable {
    let id: String
    let siteID: String
    let number: Int64
    let cashierID: String
    let currency: String
    let previousBalanceCents: Int64
    let owedCents: Int64
    let abonoCents: Int64
    let balanceCents: Int64
    let at: Timestamp
    let timeIsEstimated: Bool

    /// - Throws: `SQLRow.Mismatch`.
    init(_ row: SQLRow) throws {
        id = try row.text("corte_id")
        siteID = try row.text("site_id")
        number = try row.integer("number")
        cashierID = try row.text("cashier_id")
        currency = try row.text("currency")
        previousBalanceCents = try row.integer("previous_balance_cents")
        owedCents = try row.integer("owed_cents")
        abonoCents = try row.integer("abono_cents")
        balanceCents = try row.integer("balance_cents")
        at = Timestamp(milliseconds: try row.integer("at_ms"))
        timeIsEstimated = try row.bool("time_is_estimated")
    }

    enum CodingKeys: String, CodingKey {
        case id, number, currency, at
        case siteID = "site_id"
        case cashierID = "cashier_id"
        case previousBalanceCents = "previous_balance_cents"
        case owedCents = "owed_cents"
        case abonoCents = "abono_cents"
        case balanceCents = "balance_cents"
        case timeIsEstimated = "time_is_estimated"
    }
}
