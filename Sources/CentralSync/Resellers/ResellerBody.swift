import Shared

/// A reseller as answers and the audit log show them. Members that are not there are left out.
struct ResellerBody: Encodable, Sendable, Equatable {
    let reseller: Reseller

    init(_ reseller: Reseller) {
        self.reseller = reseller
    }

    enum CodingKeys: String, CodingKey {
        case id, name, contact, version
        case empresaID = "empresa_id"
        case commissionBasisPoints = "commission_bp"
        case routerIDs = "router_ids"
        case isActive = "is_active"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(reseller.id, forKey: .id)
        try members.encode(reseller.empresaID, forKey: .empresaID)
        try members.encode(reseller.name, forKey: .name)
        try members.encodeIfPresent(reseller.contact, forKey: .contact)
        try members.encode(reseller.commissionBasisPoints, forKey: .commissionBasisPoints)
        try members.encode(reseller.routerIDs, forKey: .routerIDs)
        try members.encode(reseller.isActive, forKey: .isActive)
        try members.encode(reseller.version, forKey: .version)
        try members.encode(reseller.createdAt, forKey: .createdAt)
        try members.encode(reseller.updatedAt, forKey: .updatedAt)
    }
}
