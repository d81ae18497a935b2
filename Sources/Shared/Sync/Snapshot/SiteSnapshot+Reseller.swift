extension SiteSnapshot {
    /// Somebody who takes printed fichas of the site and sells them for a commission. One who takes none any more is simply
    /// not here.
    public struct Reseller: Sendable, Equatable, Decodable {
        public let id: String
        public let name: String
        /// How to find them; free text.
        public let contact: String?
        /// Of the price: see ``Commission``.
        public let commissionBasisPoints: Int64
        /// Where they take fichas; at all of the site's routers when absent.
        public let routerIDs: [String]?

        public init(id: String, name: String, contact: String?, commissionBasisPoints: Int64, routerIDs: [String]?) {
            self.id = id
            self.name = name
            self.contact = contact
            self.commissionBasisPoints = commissionBasisPoints
            self.routerIDs = routerIDs
        }

        enum CodingKeys: String, CodingKey {
            case id, name, contact
            case commissionBasisPoints = "commission_bp"
            case routerIDs = "router_ids"
        }

        public func takesFichas(at routerID: String) -> Bool { routerIDs?.contains(routerID) ?? true }
    }

    /// The reseller with this id, if the site has them.
    public func reseller(_ id: String) -> Reseller? {
        resellers?.first { $0.id == id }
    }

    /// What is wrong with the resellers, as a schema cannot say it.
    func resellerProblems() -> [String] {
        let resellers = resellers ?? []
        var problems: [String] = []
        if Set(resellers.map(\.id)).count != resellers.count { problems.append("resellers: ids must be unique") }
        let known = Set(routers.map(\.id))
        for (index, reseller) in resellers.enumerated() {
            let place = "resellers[\(index)]"
            if !Self.isPathSafe(reseller.id) { problems.append("\(place).id: 1 to 64 of a-z A-Z 0-9 _ -") }
            if reseller.name.isEmpty || reseller.name.unicodeScalars.count > 120 {
                problems.append("\(place).name: 1 to 120 characters")
            }
            if !Commission.basisPoints.contains(reseller.commissionBasisPoints) {
                problems.append("\(place).commission_bp must be 0 to 10000")
            }
            for id in reseller.routerIDs ?? [] where !known.contains(id) {
                problems.append("\(place).router_ids: there is no router \(id)")
            }
        }
        return problems
    }
}
