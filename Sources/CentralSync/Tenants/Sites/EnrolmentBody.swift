import Shared

/// A one-time code for a site's box. Shown this once.
struct EnrolmentBody: Encodable, Sendable {
    let siteID: String
    let code: EnrolmentCode
    let expiresAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case code
        case siteID = "site_id"
        case expiresAt = "expires_at"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(siteID, forKey: .siteID)
        try members.encode(code.grouped, forKey: .code)
        try members.encode(expiresAt, forKey: .expiresAt)
    }
}
