import FoundationEssentials
import ServerKit
import Shared

/// What may be said about a product.
struct ProductDraft: Decodable, Sendable {
    private static let maximumDetailsBytes = 8 * 1_024
    private static let maximumRouters = 100
    private static let maximumPosition: Int64 = 1_000_000
    private static let maximumPriceCents: Int64 = 100_000_000
    /// What Conekta charges to a card at least, in centavos of a peso: one cheaper product and no box takes the document.
    private static let minimumCents: Int64 = 300

    /// As boxes take them.
    private static let dataLimits: ClosedRange<Int64> = 1_000_000...1_000_000_000_000_000

    let name: String
    let priceCents: Int64
    let currency: String?
    let durationSeconds: Int64
    let clock: FichaClock
    let mikrotikProfile: String
    let dataLimitBytes: Int64?
    /// Nil keeps it, and puts a new one at the end.
    let position: Int64?
    let isFeatured: Bool?
    let isActive: Bool?
    let routerIDs: [String]?
    let details: JSONValue?

    enum CodingKeys: String, CodingKey {
        case name, currency, clock, position, details
        case priceCents = "price_cents"
        case durationSeconds = "duration_seconds"
        case mikrotikProfile = "mikrotik_profile"
        case dataLimitBytes = "data_limit_bytes"
        case isFeatured = "featured"
        case isActive = "active"
        case routerIDs = "router_ids"
    }

    /// Puts what it says into a product, whole: what it leaves out is as in a new one, but for the place.
    ///
    /// - Throws: `APIError` 422.
    func apply(to product: inout Product) throws(APIError) {
        product.name = try CheckedText.line(name, field: "name", length: 1...120)
        product.currency = try Self.currency(currency ?? "MXN")
        product.priceCents = try Self.price(priceCents, product.currency)
        guard (60...31_536_000).contains(durationSeconds) else {
            throw .invalidField("duration_seconds", "debe ser de 60 (un minuto) a 31536000 (un año)")
        }
        product.durationSeconds = durationSeconds
        product.clock = clock
        product.mikrotikProfile = try CheckedText.exact(mikrotikProfile, field: "mikrotik_profile", length: 1...64)
        guard dataLimitBytes.map(Self.dataLimits.contains) != false else {
            throw .invalidField("data_limit_bytes", "debe ser de 1000000 (un MB) a 1000000000000000")
        }
        product.dataLimitBytes = dataLimitBytes
        product.position = position ?? product.position
        guard (0...Self.maximumPosition).contains(product.position) else {
            throw .invalidField("position", "debe ser de 0 a \(Self.maximumPosition)")
        }
        product.isFeatured = isFeatured ?? false
        product.isActive = isActive ?? true
        product.routerIDs = Set(routerIDs ?? []).sorted()
        guard product.routerIDs.count <= Self.maximumRouters else {
            throw .invalidField("router_ids", "tiene demasiados")
        }
        product.details = try Self.checked(details)
    }

    private static func currency(_ text: String) throws(APIError) -> String {
        guard text.utf8.count == 3, text.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { throw .invalidField("currency", "debe tener tres letras mayúsculas, como MXN") }
        return text
    }

    private static func price(_ cents: Int64, _ currency: String) throws(APIError) -> Int64 {
        let minimum = currency == "MXN" ? minimumCents : 1
        guard (minimum...maximumPriceCents).contains(cents) else {
            throw .invalidField("price_cents", "debe ser de \(minimum) a \(maximumPriceCents) centavos")
        }
        return cents
    }

    private static func checked(_ details: JSONValue?) throws(APIError) -> JSONValue? {
        guard let details, details != .null else { return nil }
        guard let bytes = try? JSONEncoder().encode(details), bytes.count <= maximumDetailsBytes else {
            throw .invalidField("details", "no debe pasar de \(maximumDetailsBytes) bytes")
        }
        return details
    }
}
