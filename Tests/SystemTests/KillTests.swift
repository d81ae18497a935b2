import Foundation
import Synchronization
import TestSupport
import Testing

/// The real box, killed without warning again and again while people buy. The ledgers of the simulators say what became of
/// the money. `FICHAS_KILL_CYCLES` sets how often (25), `FICHAS_KILL_SEED` repeats a run's timing.
@Suite(.serialized) struct KillTests {
    private static let buyersPerLife = 4
    private static let priceCents = 1_000

    static var cycles: Int { number("FICHAS_KILL_CYCLES") ?? 25 }
    static var seed: UInt64 { number("FICHAS_KILL_SEED").map(UInt64.init) ?? UInt64.random(in: 1...UInt64(UInt32.max)) }

    @Test func `nothing is charged twice, and nothing charged stays without ficha or refund`() async throws {
        let seed = Self.seed
        var options = RunningSite.Options()
        options.environment = ["FICHAS_SETTLE_SECONDS": "2"]
        try await RunningSite.run(options) { site in
            var generator = SplitMix64(seed: seed)
            // A sale takes about a fifth of a second, so that kills meet it everywhere.
            try await site.conekta.put("_control/latency", ["latency_ms": 20])
            try await site.router.put("latency", ["milliseconds": 10])
            let acknowledged = Acknowledged()
            for cycle in 0..<Self.cycles {
                let delay = Duration.milliseconds(Int.random(in: 40...500, using: &generator))
                try await withThrowingDiscardingTaskGroup { group in
                    for buyer in 0..<Self.buyersPerLife {
                        group.addTask {
                            guard let (id, code) = try await buy(cycle, buyer, at: site) else { return }
                            acknowledged.add(id, code)
                        }
                    }
                    group.addTask {
                        try await Task.sleep(for: delay)
                        try await site.killAndRestartBox()
                    }
                }
            }
            let violations = try await violationsAtRest(site)
            #expect(violations == [], "FICHAS_KILL_SEED=\(seed)")
            try await check(acknowledged.all, at: site, seed: seed)
        }
    }

    /// Buys with two taps at once. Nil when the box died before it answered.
    private func buy(_ cycle: Int, _ buyer: Int, at site: RunningSite) async throws -> (id: String, code: String)? {
        struct Token: Decodable { let token: String }
        let data = try await site.conekta.post("_control/tokens", ["card_number": "4242424242424242"])
        let token = try JSONDecoder().decode(Token.self, from: data).token
        let api = BoxAPI(site: site)
        async let first = try? api.pay(token: token, key: "compra-\(cycle)-\(buyer)")
        async let second = try? api.pay(token: token, key: "compra-\(cycle)-\(buyer)")
        let answers = await [first, second].compactMap { $0 }.filter { $0.status == 200 }
        let ids = Set(answers.compactMap { $0.text("purchase_id") })
        #expect(ids.count <= 1, "two taps were two purchases")
        guard let id = ids.first, let code = answers.first?.text("ficha", "username") else { return nil }
        return (id, code)
    }

    /// The violations once the box has settled what it can, or when it has had a minute for it.
    private func violationsAtRest(_ site: RunningSite) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let violations = try await MoneyLedgers(site).violations(priceCents: Self.priceCents)
            if violations.isEmpty || ContinuousClock.now > deadline { return violations }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Whoever was told "delivered" owns a ficha that is paid once and is on the router, and the box still says so.
    private func check(_ acknowledged: [String: String], at site: RunningSite, seed: UInt64) async throws {
        let ledgers = try await MoneyLedgers(site)
        for (id, code) in acknowledged {
            #expect(ledgers.users(of: id).map(\.name) == [code], "FICHAS_KILL_SEED=\(seed)")
            let answer = try await BoxAPI(site: site).get("/payments/\(id)")
            #expect(answer.text("status") == "delivered", "FICHAS_KILL_SEED=\(seed)")
        }
        // A run in which nobody got through, or in which nothing was hit, would prove little.
        #expect(!acknowledged.isEmpty)
        #expect(acknowledged.count < Self.cycles * Self.buyersPerLife)
    }

    /// The codes buyers were told, by purchase.
    private final class Acknowledged: Sendable {
        private let codes = Mutex<[String: String]>([:])

        var all: [String: String] { codes.withLock { $0 } }

        func add(_ id: String, _ code: String) {
            codes.withLock { $0[id] = code }
        }
    }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }
}
