import Shared

/// A *revendedor*: somebody who takes an empresa's printed fichas and sells them for a commission.
struct Reseller: Sendable, Equatable {
    let id: String
    let empresaID: String
    var name: String
    /// How to find them; free text.
    var contact: String?
    /// Of the price, in hundredths of a per cent; what is handed over keeps the rate of its day.
    var commissionBasisPoints: Int64
    /// Where they take fichas, sorted; empty for everywhere.
    var routerIDs: [String]
    /// One who is not takes no more fichas; what they have is still settled.
    var isActive: Bool
    var version: Int64
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var tag: EntityTag { EntityTag(version: version) }
}
