public import Shared

/// A product as it was at the moment of the sale.
public struct PurchasedProduct: Sendable, Equatable, Codable {
    public let id: Int64
    public let name: String
    public let price: Money
    public let durationSeconds: Int64
    public let clock: FichaClock
    /// The hotspot user profile on the router.
    public let mikrotikProfile: String
    /// Bytes in both directions; nil for no limit.
    public let dataLimitBytes: Int64?

    public init(_ product: SiteSnapshot.Product) {
        id = product.id
        name = product.name
        price = product.price
        durationSeconds = product.durationSeconds
        clock = product.clock
        mikrotikProfile = product.mikrotikProfile
        dataLimitBytes = product.dataLimitBytes
    }

    public init(
        id: Int64,
        name: String,
        price: Money,
        durationSeconds: Int64,
        clock: FichaClock,
        mikrotikProfile: String,
        dataLimitBytes: Int64? = nil
    ) {
        self.id = id
        self.name = name
        self.price = price
        self.durationSeconds = durationSeconds
        self.clock = clock
        self.mikrotikProfile = mikrotikProfile
        self.dataLimitBytes = dataLimitBytes
    }
}
