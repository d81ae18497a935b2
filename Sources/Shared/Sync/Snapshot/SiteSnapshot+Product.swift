extension SiteSnapshot {
    /// A catalogue entry: what the buyer sees as "ficha de 24 horas".
    public struct Product: Sendable, Equatable, Codable {
        public let id: Int64
        public let name: String
        public let priceCents: Int64
        /// ISO 4217; pesos when absent.
        public let currency: String?
        public let durationSeconds: Int64
        public let clock: FichaClock
        /// The hotspot user profile on the router, by its exact name.
        public let mikrotikProfile: String
        /// Bytes in both directions, after which the ficha ends; no limit when absent.
        public let dataLimitBytes: Int64?
        /// Place in the catalogue, smallest first.
        public let position: Int
        public let isFeatured: Bool
        public let isActive: Bool
        /// The routers that sell it; all of the site's when absent.
        public let routerIDs: [String]?
        /// Free JSON of the empresa's, handed on to the portal as it is.
        public let details: JSONValue?

        enum CodingKeys: String, CodingKey {
            case id, name, currency, clock, position, details
            case priceCents = "price_cents"
            case durationSeconds = "duration_seconds"
            case mikrotikProfile = "mikrotik_profile"
            case dataLimitBytes = "data_limit_bytes"
            case isFeatured = "featured"
            case isActive = "active"
            case routerIDs = "router_ids"
        }

        public var price: Money { Money(cents: priceCents, currency: currency ?? "MXN") }
    }
}

/// How a ficha's time runs.
public enum FichaClock: String, Sendable, Codable, CaseIterable {
    /// Wall time from the first use on.
    case corrido
    /// Only while online.
    case pausado
}
