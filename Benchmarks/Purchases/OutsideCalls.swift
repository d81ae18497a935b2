import TestSupport

/// How many calls the simulators have answered and how long that took them, by their own account.
///
/// Not the time they were told to take: their timers fire some milliseconds late, which the box can do nothing about.
struct OutsideCalls: Sendable {
    static let conektaMilliseconds = 500
    static let routerMilliseconds = 2

    private struct ConektaLedger: Decodable {
        struct Requests: Decodable { let answeringMicroseconds: Int64 }
        struct Order: Decodable {
            struct Charge: Decodable { let status: String }
            let charges: [Charge]
        }
        let requests: Requests
        let orders: [Order]
    }

    private struct RouterLedger: Decodable {
        struct User: Decodable {}
        let answeringMicroseconds: Int64
        let users: [User]
    }

    let milliseconds: Double
    let paidCharges: Int
    let usersMade: Int

    /// Reads both ledgers.
    init(of site: BenchSite) async throws {
        let conektaLedger: ConektaLedger = try await site.conekta.get("_control/ledger")
        let routerLedger: RouterLedger = try await site.router.get("ledger")
        let microseconds = conektaLedger.requests.answeringMicroseconds + routerLedger.answeringMicroseconds
        milliseconds = Double(microseconds) / 1_000
        paidCharges = conektaLedger.orders.flatMap(\.charges).count { $0.status == "paid" }
        usersMade = routerLedger.users.count
    }

    /// Makes every call at the simulators take its fixed time.
    static func fixLatencies(at site: BenchSite) async throws {
        try await site.conekta.put("_control/latency", ["latency_ms": conektaMilliseconds])
        try await site.router.put("latency", ["milliseconds": routerMilliseconds])
    }

    /// What one of `sales` sales waited for the outside since `before`, on average.
    ///
    /// - Throws: When the ledgers do not show exactly that many sales.
    func millisecondsPerSale(since before: OutsideCalls, sales: Int) throws -> Double {
        guard paidCharges - before.paidCharges == sales, usersMade - before.usersMade == sales else {
            throw PlainHTTP.Failure(description: "the ledgers do not show \(sales) sales")
        }
        return (milliseconds - before.milliseconds) / Double(sales)
    }
}
