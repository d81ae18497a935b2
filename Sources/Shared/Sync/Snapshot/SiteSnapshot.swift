/// Everything a box needs to sell at its site, as the centre hands it down: whole, versioned, never merged.
///
/// The JSON is described in `docs/site-snapshot.schema.json` and `docs/sitio.md`. A box ignores members it does not know,
/// so that an older box can read a newer centre's document; what it must not ignore, the centre names in
/// `required_capabilities`. Read it with ``init(json:)``, which also checks what a schema cannot say.
public struct SiteSnapshot: Sendable, Equatable, Decodable {
    /// The document's form. A box refuses a number it was not written for.
    public static let formatVersion = 1

    /// What this box understands of `required_capabilities`.
    public static let capabilities: Set<String> = ["card_payments"]

    public let formatVersion: Int
    /// Grows with every change at the centre; a box never activates a lower one by itself.
    public let snapshotVersion: Int64
    public let issuedAt: Timestamp
    public let requiredCapabilities: [String]?
    public let empresa: Empresa
    public let site: Site
    /// Absent while the empresa has not given its keys: the site then sells no cards.
    public let conekta: ConektaKeys?
    public let routers: [Router]
    public let products: [Product]
    /// Who sells at the counter; absent where nobody does.
    public let cashiers: [Cashier]?
    /// What slips say beside the ficha.
    public let slips: Slips?
    /// Where slips can come out beside browsers.
    public let printers: [Printer]?
    /// Who takes printed fichas to sell them; absent where nobody does.
    public let resellers: [Reseller]?

    enum CodingKeys: String, CodingKey {
        case formatVersion = "format_version"
        case snapshotVersion = "snapshot_version"
        case issuedAt = "issued_at"
        case requiredCapabilities = "required_capabilities"
        case empresa, site, conekta, routers, products, cashiers, slips, printers, resellers
    }

    /// The tenant that owns the site.
    public struct Empresa: Sendable, Equatable, Codable {
        public let id: String
        public let name: String
        /// Whom a buyer calls when something is wrong; free text such as a telephone number.
        public let supportContact: String?

        enum CodingKeys: String, CodingKey {
            case id, name
            case supportContact = "support_contact"
        }
    }

    /// The place the box stands at.
    public struct Site: Sendable, Equatable, Codable {
        public let id: String
        public let name: String
        /// IANA name, such as `America/Mexico_City`.
        public let timeZone: String

        enum CodingKeys: String, CodingKey {
            case id, name
            case timeZone = "time_zone"
        }
    }

    /// The empresa's pair of Conekta keys.
    public struct ConektaKeys: Sendable, Equatable, Decodable {
        /// Goes into the page; public by nature.
        public let publicKey: String
        public let privateKey: Secret<String>
        /// Some accounts refuse orders without `shipping_contact` (reference `conekta.md` §2.2).
        public let sendsShippingContact: Bool?

        enum CodingKeys: String, CodingKey {
            case publicKey = "public_key"
            case privateKey = "private_key"
            case sendsShippingContact = "sends_shipping_contact"
        }
    }

    /// The router with this id, if the site has it.
    public func router(_ id: String) -> Router? {
        routers.first { $0.id == id }
    }

    /// What a buyer at a router may choose from, in visual order.
    public func catalogue(routerID: String) -> [Product] {
        products
            .filter { $0.isActive && ($0.routerIDs?.contains(routerID) ?? true) }
            .sorted { ($0.position, $0.id) < ($1.position, $1.id) }
    }
}
