import ServerKit
import Shared

/// What may be said about a reseller.
struct ResellerDraft: Decodable, Sendable {
    private static let maximumRouters = 100

    let name: String
    let contact: String?
    let commissionBasisPoints: Int64
    let routerIDs: [String]?
    let isActive: Bool?

    enum CodingKeys: String, CodingKey {
        case name, contact
        case commissionBasisPoints = "commission_bp"
        case routerIDs = "router_ids"
        case isActive = "is_active"
    }

    /// Puts what it says into a reseller, whole: what it leaves out is as in a new one.
    ///
    /// - Throws: `APIError` 422.
    func apply(to reseller: inout Reseller) throws(APIError) {
        reseller.name = try CheckedText.line(name, field: "name", length: 1...120)
        reseller.contact = try CheckedText.optionalLine(contact, field: "contact", maximum: 200)
        guard Commission.basisPoints.contains(commissionBasisPoints) else {
            throw .invalidField("commission_bp", "debe ser de 0 a 10000: centésimas de por ciento del precio")
        }
        reseller.commissionBasisPoints = commissionBasisPoints
        reseller.routerIDs = Set(routerIDs ?? []).sorted()
        guard reseller.routerIDs.count <= Self.maximumRouters else {
            throw .invalidField("router_ids", "tiene demasiados")
        }
        reseller.isActive = isActive ?? true
    }
}
