import ServerKit
import Shared

/// What may be said about a router.
struct RouterDraft: Decodable, Sendable {
    struct API: Decodable, Sendable {
        let host: String
        let port: Int?
        let username: String
        /// Of a new router; of one that is there, nil keeps what it has.
        let password: Secret<String>?
        let certificateSHA256: String?

        enum CodingKeys: String, CodingKey {
            case host, port, username, password
            case certificateSHA256 = "certificate_sha256"
        }
    }

    let name: String
    let api: API
    let hotspotServer: String?
    /// Of a router that is there.
    let isActive: Bool?
    /// Of a new one: the site it joins. Else it comes with a site of its own.
    let siteID: String?
    let site: SiteDraft?

    enum CodingKeys: String, CodingKey {
        case name, api, site
        case hotspotServer = "hotspot_server"
        case isActive = "is_active"
        case siteID = "site_id"
    }

    /// Puts what it says into a router.
    ///
    /// - Throws: `APIError` 422.
    func apply(to router: inout SiteRouter) throws(APIError) {
        router.name = try CheckedText.line(name, field: "name", length: 1...80)
        router.host = try Self.host(api.host)
        router.username = try CheckedText.exact(api.username, field: "api.username", length: 1...64)
        router.certificate = try Self.certificate(api.certificateSHA256)
        let usual = router.certificate == nil ? 8_728 : 8_729
        router.port = api.port ?? usual
        guard (1...65_535).contains(router.port) else { throw .invalidField("api.port", "debe ser de 1 a 65535") }
        router.hotspotServer = try CheckedText.optionalLine(hotspotServer, field: "hotspot_server", maximum: 64)
        router.isActive = isActive ?? router.isActive
    }

    /// - Throws: `APIError` 422.
    func password() throws(APIError) -> Secret<String>? {
        guard let password = api.password else { return nil }
        return Secret(try CheckedText.exact(password.reveal(), field: "api.password", length: 0...128))
    }

    /// The site a new router comes with, where it joins none.
    ///
    /// - Throws: `APIError` 422.
    func newSite() throws(APIError) -> SiteDraft? {
        guard siteID == nil else {
            guard site == nil else { throw .invalidField("site", "no va junto con site_id") }
            return nil
        }
        return try (site ?? SiteDraft(name: name)).checked()
    }

    /// A name or an address, as it stands in no URL: without brackets.
    private static func host(_ text: String) throws(APIError) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: ":"), UInt8(ascii: "%"):
                true
            default: false
            }
        }
        guard isPlain, (1...253).contains(text.utf8.count) else {
            throw .invalidField("api.host", "debe ser una dirección IP o un nombre")
        }
        return text
    }

    /// As people copy it: with colons or without, in any case.
    private static func certificate(_ text: String?) throws(APIError) -> SHA256Digest? {
        guard let text, !text.isEmpty else { return nil }
        guard let digest = SHA256Digest(hexadecimal: text.filter { $0 != ":" && $0 != " " }) else {
            throw .invalidField("api.certificate_sha256", "debe tener 64 cifras hexadecimales")
        }
        return digest
    }
}
