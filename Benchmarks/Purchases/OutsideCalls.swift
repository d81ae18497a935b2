import TestSupport

/// How many calls the simulators have answered, by their own account, and how long they take by design.
struct OutsideCalls: Sendable {
    static let conektaMilliseconds = 500
    static let routerMilliseconds = 2

    private struct ConektaLedger: Decodable {
        struct Requests: Decodable { let byEndpoint: [String: Int] }
        struct Order: Decodable {
            struct Charge: Decodable { let status: String }
            let charges: [Charge]
        }
        let requests: Requests
        let orders: [Order]
    }

    private struct RouterLedger: Decodable {
        struct User: Decodable {}
        let commands: [String: Int]
        let users: [User]
    }

    let conekta: Int
    let router: Int
    let paidCharges: Int
    let usersMade: Int

    /// Reads both ledgers.
    init(of site: BenchSite) async throws {
        let conektaLedger: ConektaLedger = try await site.conekta.get("_control/ledger")
        let routerLedger: RouterLedger = try await site.router.get("ledger")
        conekta = conektaLedger.requests.byEndpoint.values.reduce(0, +)
        router = routerLedger.commands.values.reduce(0, +)
        paidCharges = conektaLedger.orders.flatMap(\.charges).count { $0.status == "paid" }
        usersMade = routerLedger.users.count
    }

    /// Makes every call at the simulators take its fixed time.
    static func fixLatencies(at site: BenchSite) async throws {
        try await site.conekta.put("_control/latency", ["latency_ms": conektaMilliseconds])
        try await site.router.put("latency", ["milliseconds": routerMilliseconds])
    }

    /// What one of `sales` sales waited for the outside since `before`, if every call took its fixed time.
    ///
    /// - Throws: When the ledgers do not show exactly that many sales.
    func millisecondsPerSale(since before: OutsideCalls, sales: Int) throws -> Double {
        guard paidCharges - before.paidCharges == sales, usersMade - before.usersMade == sales else {
            throw PlainHTTP.Failure(description: "the ledgers do not show \(sales) sales")
        }
        let waited =
            (conekta - before.conekta) * Self.conektaMilliseconds + (router - before.router) * Self.routerMilliseconds
        return Double(waited) / Double(sales)
    }
}
