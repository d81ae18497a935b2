import Shared

/// A MikroTik at a site, without its password.
struct SiteRouter: Sendable, Equatable {
    let id: String
    let empresaID: String
    let siteID: String
    var name: String
    var host: String
    var port: Int
    var username: String
    /// Of its certificate; present for TLS with exactly that one.
    var certificate: SHA256Digest?
    /// Nil to sell on all its hotspot servers.
    var hotspotServer: String?
    /// False: nothing is sold there; what was sold goes on.
    var isActive: Bool
    var version: Int64
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var tag: EntityTag { EntityTag(version: version) }
}
