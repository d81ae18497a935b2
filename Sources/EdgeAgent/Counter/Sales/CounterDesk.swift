import Purchasing
import Shared

/// Sells for cash. Nothing outside the box is asked: the router learns of the ficha when it is there, and the centre of
/// the sale when it is.
struct CounterDesk: Sendable {
    /// Codes drawn before giving up. A second one is needed once in a million times.
    private static let maximumDraws = 8

    let inForce: SiteInForce
    let store: CounterStore
    let routers: RouterFleet
    /// The present.
    let moment: @Sendable () -> FichaMoment

    /// A product that a cashier may sell at a router.
    ///
    /// - Throws: ``CounterError/noSuchProduct``.
    func product(
        _ id: Int64,
        routerID: String,
        for cashier: SiteSnapshot.Cashier
    ) throws(CounterError) -> SiteSnapshot.Product {
        guard cashier.routerIDs.contains(routerID), let product = inForce.site.product(id, routerID: routerID) else {
            throw .noSuchProduct
        }
        return product
    }

    /// Why no money should be taken for it now; nil when nothing speaks against it. A router that is away does not: the
    /// ficha works when it is back.
    func refusalToOffer(_ product: SiteSnapshot.Product, routerID: String) async -> CounterError? {
        guard await routers.isConnected(routerID) else { return nil }
        return await routers.check(product, routerID: routerID) == .refused ? .routerRefuses : nil
    }

    /// Takes note of the money, once for each page that asked for it.
    ///
    /// - Parameter shownPriceCents: What the page said.
    /// - Returns: The sale, and whether it was made just now.
    /// - Throws: ``CounterError``; what the database throws, and then it is not certain that nothing was sold: the same
    ///   page again tells.
    func sell(
        _ id: SaleID,
        productID: Int64,
        routerID: String,
        shownPriceCents: Int64?,
        by cashier: SiteSnapshot.Cashier
    ) async throws -> (sale: CounterSale, isNew: Bool) {
        // First of all: the product of a page that is sent again may have left the catalogue.
        if let sale = try await store.knownSale(id, of: cashier) { return (sale, false) }
        let product = try product(productID, routerID: routerID, for: cashier)
        guard shownPriceCents == product.priceCents else { throw CounterError.priceChanged }
        let order = CounterOrder(id: id, cashier: cashier, routerID: routerID, product: PurchasedProduct(product))
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<Self.maximumDraws {
            let (code, comment) = (FichaCode(using: &generator), RouterComment(using: &generator))
            do {
                return try await store.sell(order, code: code, comment: comment, at: moment())
            } catch is FichaCodeTaken {
                continue
            }
        }
        throw CounterError.noCode
    }

    /// A printed ficha that waits to be sold.
    ///
    /// - Throws: ``CounterError/noSuchPrinted``, ``CounterError/notForSale``.
    func printed(_ typed: String, for cashier: SiteSnapshot.Cashier) async throws -> Ficha {
        guard let code = FichaCode(typed: typed) else { throw CounterError.noSuchPrinted }
        return try await store.printed(code, for: cashier, at: moment())
    }

    /// Takes note of the money for a printed ficha, which works from now on.
    ///
    /// - Throws: As ``sell(_:productID:routerID:shownPriceCents:by:)``.
    func sellPrinted(
        _ id: SaleID,
        code: FichaCode,
        by cashier: SiteSnapshot.Cashier
    ) async throws -> (sale: CounterSale, isNew: Bool) {
        try await store.sellPrinted(id, code: code, by: cashier, at: moment())
    }

    /// - Throws: ``CounterError``; what the database throws.
    func void(_ id: SaleID, reason: String, by cashier: SiteSnapshot.Cashier) async throws -> CounterSale {
        do {
            return try await store.void(id, of: cashier, reason: reason, at: moment())
        } catch CounterError.alreadyVoided {
            // The form was sent twice.
            return try await store.sale(id, of: cashier)
        }
    }
}
