import Shared

/// A corte as it is answered.
struct CorteBody: Encodable, Sendable {
    let id: String
    let siteID: String
    let tillID: String
    let number: Int64
    let cashierID: String
    /// Nil for somebody who has no account any more.
    let cashierName: String?
    let currency: String
    let firstFolio: Int64
    let lastFolio: Int64
    let saleCount: Int64
    let soldCents: Int64
    let voidCount: Int64
    let voidedCents: Int64
    /// What resellers paid into the till.
    let abonoCount: Int64
    let abonoCents: Int64
    let expectedCents: Int64
    let countedCents: Int64
    let differenceCents: Int64
    let at: Timestamp
    let timeIsEstimated: Bool

    /// - Throws: `SQLRow.Mismatch`.
    init(_ row: SQLRow) throws {
        id = try row.text("corte_id")
        siteID = try row.text("site_id")
        tillID = try row.text("till_id")
        number = try row.integer("number")
        cashierID = try row.text("cashier_id")
        cashierName = try row.optionalText("cashier_name")
        currency = try row.text("currency")
        firstFolio = try row.integer("first_folio")
        lastFolio = try row.integer("last_folio")
        saleCount = try row.integer("sale_count")
        soldCents = try row.integer("sold_cents")
        voidCount = try row.integer("void_count")
        voidedCents = try row.integer("voided_cents")
        countedCents = try row.integer("counted_cents")
        abonoCount = try row.integer("abono_count")
        abonoCents = try row.integer("abono_cents")
        expectedCents = soldCents - voidedCents + abonoCents
        differenceCents = countedCents - expectedCents
        at = Timestamp(milliseconds: try row.integer("at_ms"))
        timeIsEstimated = try row.bool("time_is_estimated")
    }

    enum CodingKeys: String, CodingKey {
        case id, number, currency, at
        case siteID = "site_id"
        case tillID = "till_id"
        case cashierID = "cashier_id"
        case cashierName = "cashier_name"
        case firstFolio = "first_folio"
        case lastFolio = "last_folio"
        case saleCount = "sale_count"
        case soldCents = "sold_cents"
        case voidCount = "void_count"
        case voidedCents = "voided_cents"
        case abonoCount = "abono_count"
        case abonoCents = "abono_cents"
        case expectedCents = "expected_cents"
        case countedCents = "counted_cents"
        case differenceCents = "difference_cents"
        case timeIsEstimated = "time_is_estimated"
    }
}
