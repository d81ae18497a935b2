extension SiteSnapshot {
    /// Somebody who sells at the site's counter. One who may not any more is simply not here.
    public struct Cashier: Sendable, Equatable, Decodable {
        public let id: String
        public let name: String
        /// Of the PIN, so that the box can tell it with the centre away.
        public let pinHash: PasswordHash
        /// The routers they sell at.
        public let routerIDs: [String]

        public init(id: String, name: String, pinHash: PasswordHash, routerIDs: [String]) {
            self.id = id
            self.name = name
            self.pinHash = pinHash
            self.routerIDs = routerIDs
        }

        enum CodingKeys: String, CodingKey {
            case id, name
            case pinHash = "pin_hash"
            case routerIDs = "router_ids"
        }
    }

    /// The cashier with this id, if the site has them.
    public func cashier(_ id: String) -> Cashier? {
        cashiers?.first { $0.id == id }
    }

    /// What is wrong with the cashiers, as a schema cannot say it.
    func cashierProblems() -> [String] {
        let cashiers = cashiers ?? []
        var problems: [String] = []
        if Set(cashiers.map(\.id)).count != cashiers.count { problems.append("cashiers: ids must be unique") }
        let known = Set(routers.map(\.id))
        for (index, cashier) in cashiers.enumerated() {
            let place = "cashiers[\(index)]"
            if !Self.isPathSafe(cashier.id) { problems.append("\(place).id: 1 to 64 of a-z A-Z 0-9 _ -") }
            if cashier.name.isEmpty || cashier.name.unicodeScalars.count > 120 {
                problems.append("\(place).name: 1 to 120 characters")
            }
            for id in cashier.routerIDs where !known.contains(id) {
                problems.append("\(place).router_ids: there is no router \(id)")
            }
        }
        return problems
    }
}
