import Shared

/// All of a product that was handed over to a reseller at one price and rate, since the beginning.
struct ResellerLine: Sendable, Equatable {
    struct Product: Sendable, Equatable {
        let id: Int64
        /// Of the last time.
        let name: String
        let price: Money
    }

    let product: Product
    let commissionBasisPoints: Int64
    let delivered: Int64
    let returned: Int64
    /// What the box knows to be sold.
    let used: Int64
    /// What cortes had as sold.
    let settled: Int64

    /// Of each.
    var commissionCents: Int64 {
        Commission.cents(ofPrice: product.price.cents, basisPoints: commissionBasisPoints)
    }

    /// What the reseller owes for each.
    var netCents: Int64 { product.price.cents - commissionCents }

    /// The most they can still have: all that was not brought back, used or settled.
    var maximumInHand: Int64 { delivered - returned - max(used, settled) }

    /// With what is in hand by count.
    func settled(inHand: Int64, name: String) throws(ResellerError) -> ResellerCorteEvent.Line {
        guard (0...maximumInHand).contains(inHand) else {
            throw .tooManyInHand(product: name, maximum: maximumInHand)
        }
        let sold = delivered - returned - inHand
        return ResellerCorteEvent.Line(
            productID: product.id,
            productName: product.name,
            priceCents: product.price.cents,
            commissionBasisPoints: commissionBasisPoints,
            commissionCents: commissionCents,
            delivered: delivered,
            returned: returned,
            used: used,
            inHand: inHand,
            sold: sold,
            newSold: sold - settled,
            owedCents: (sold - settled) * netCents
        )
    }
}
