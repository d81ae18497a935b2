import Shared

/// A router as answers and the audit log show it. Members that are not there are left out.
struct RouterBody: Encodable, Sendable, Equatable {
    struct API: Encodable, Sendable, Equatable {
        let host: String
        let port: Int
        let username: String
        let certificateSHA256: SHA256Digest?

        enum CodingKeys: String, CodingKey {
            case host, port, username
            case certificateSHA256 = "certificate_sha256"
        }
    }

    let id: String
    let empresaID: String
    let siteID: String
    let name: String
    let api: API
    let hotspotServer: String?
    let isActive: Bool
    /// Those that work; nil for who sees no keys.
    let keys: [RouterKeyBody]?
    let version: Int64
    let createdAt: Timestamp
    let updatedAt: Timestamp

    init(_ router: SiteRouter, keys: [RouterKey]?) {
        id = router.id
        empresaID = router.empresaID
        siteID = router.siteID
        name = router.name
        api = API(
            host: router.host,
            port: router.port,
            username: router.username,
            certificateSHA256: router.certificate
        )
        hotspotServer = router.hotspotServer
        isActive = router.isActive
        self.keys = keys?.map(RouterKeyBody.init)
        version = router.version
        createdAt = router.createdAt
        updatedAt = router.updatedAt
    }

    enum CodingKeys: String, CodingKey {
        case id, name, api, version
        case empresaID = "empresa_id"
        case siteID = "site_id"
        case hotspotServer = "hotspot_server"
        case isActive = "is_active"
        case keys = "api_keys"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
