import Shared

/// `GET /catalogo_perfiles_venta`: what can be bought, in visual order.
struct CatalogueBody: Encodable {
    let products: [Entry]

    init(_ products: [SiteSnapshot.Product]) {
        self.products = products.map(Entry.init)
    }

    struct Entry: Encodable {
        let id: Int64
        let name: String
        let priceCents: Int64
        let currency: String
        let durationSeconds: Int64
        let clock: FichaClock
        let featured: Bool
        let position: Int
        let details: JSONValue

        init(_ product: SiteSnapshot.Product) {
            id = product.id
            name = product.name
            priceCents = product.priceCents
            currency = product.price.currency
            durationSeconds = product.durationSeconds
            clock = product.clock
            featured = product.isFeatured
            position = product.position
            details = product.details ?? .object([:])
        }

        enum CodingKeys: String, CodingKey {
            case id, name, currency, clock, featured, position, details
            case priceCents = "price_cents"
            case durationSeconds = "duration_seconds"
        }
    }
}
