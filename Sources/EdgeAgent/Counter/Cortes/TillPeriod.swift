import Shared

/// What came into a till since its last corte, in one currency.
struct TillPeriod: Sendable, Equatable {
    let tillID: String
    let currency: String
    /// Of the corte that will close it.
    let number: Int64
    /// The last folio of the corte before; 0 for the first.
    let previousFolio: Int64
    let lastFolio: Int64
    let saleCount: Int64
    let soldCents: Int64
    let voidCount: Int64
    let voidedCents: Int64
    /// The last abono of resellers that the corte before covers; 0 for none.
    let previousAbono: Int64
    let lastAbono: Int64
    let abonoCount: Int64
    let abonoCents: Int64
}
