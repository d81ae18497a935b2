import Shared

/// A site as answers and the audit log show it.
struct SiteBody: Encodable, Sendable, Equatable {
    let site: Site

    init(_ site: Site) {
        self.site = site
    }

    enum CodingKeys: String, CodingKey {
        case id, name, printers, version
        case empresaID = "empresa_id"
        case timeZone = "time_zone"
        case wifiName = "wifi_name"
        case snapshotVersion = "snapshot_version"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(site.id, forKey: .id)
        try members.encode(site.empresaID, forKey: .empresaID)
        try members.encode(site.name, forKey: .name)
        try members.encode(site.timeZone, forKey: .timeZone)
        try members.encodeIfPresent(site.wifiName, forKey: .wifiName)
        try members.encode(site.printers, forKey: .printers)
        try members.encode(site.snapshotVersion, forKey: .snapshotVersion)
        try members.encode(site.version, forKey: .version)
        try members.encode(site.createdAt, forKey: .createdAt)
        try members.encode(site.updatedAt, forKey: .updatedAt)
    }
}
