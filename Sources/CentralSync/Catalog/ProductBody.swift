import Shared

/// A product as answers and the audit log show it. Members that are not there are left out.
struct ProductBody: Encodable, Sendable, Equatable {
    let product: Product

    init(_ product: Product) {
        self.product = product
    }

    enum CodingKeys: String, CodingKey {
        case id, name, currency, clock, position, details, version
        case empresaID = "empresa_id"
        case priceCents = "price_cents"
        case durationSeconds = "duration_seconds"
        case mikrotikProfile = "mikrotik_profile"
        case dataLimitBytes = "data_limit_bytes"
        case isFeatured = "featured"
        case isActive = "active"
        case routerIDs = "router_ids"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(product.id, forKey: .id)
        try members.encode(product.empresaID, forKey: .empresaID)
        try members.encode(product.name, forKey: .name)
        try members.encode(product.priceCents, forKey: .priceCents)
        try members.encode(product.currency, forKey: .currency)
        try members.encode(product.durationSeconds, forKey: .durationSeconds)
        try members.encode(product.clock, forKey: .clock)
        try members.encode(product.mikrotikProfile, forKey: .mikrotikProfile)
        try members.encodeIfPresent(product.dataLimitBytes, forKey: .dataLimitBytes)
        try members.encode(product.position, forKey: .position)
        try members.encode(product.isFeatured, forKey: .isFeatured)
        try members.encode(product.isActive, forKey: .isActive)
        try members.encode(product.routerIDs, forKey: .routerIDs)
        try members.encodeIfPresent(product.details, forKey: .details)
        try members.encode(product.version, forKey: .version)
        try members.encode(product.createdAt, forKey: .createdAt)
        try members.encode(product.updatedAt, forKey: .updatedAt)
    }
}
