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
                        // One in four buys on the portal's pages, the others by the API.
                        group.addTask {
                            if buyer == 0 {
                                try await buyOnPortal(at: site, acknowledged)
                            } else {
                                try await buy("compra-\(cycle)-\(buyer)", at: site, acknowledged)
                            }
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
            try await check(acknowledged, at: site, seed: seed)
        }
    }

    /// Buys with two taps at once, and notes everything the box says of it.
    private func buy(_ key: String, at site: RunningSite, _ acknowledged: Acknowledged) async throws {
        let token = try await site.conekta.cardToken()
        let api = BoxAPI(site: site)
        async let first = try? api.payUnderFire(token: token, key: key)
        async let second = try? api.payUnderFire(token: token, key: key)
        let answers = await [first, second].compactMap { $0 }
        // 200 and 202 are the purchase; a refusal with a purchase beside it acknowledges that one too.
        let ids = Set(answers.compactMap { $0.text("purchase_id") ?? $0.text("purchase", "purchase_id") })
        #expect(ids.count <= 1, "two taps were two purchases")
        for id in ids { acknowledged.add(id, answers.compactMap { $0.text("ficha", "username") }.first) }
    }

    /// The same on the card page, whose answer is the way to the purchase's page.
    private func buyOnPortal(at site: RunningSite, _ acknowledged: Acknowledged) async throws {
        let token = try await site.conekta.cardToken()
        let api = BoxAPI(site: site)
        // As the card page names it: 32 hexadecimal digits.
        let attempt = UUID().uuidString.lowercased().filter { $0 != "-" }
        async let first = try? api.payOnPortal(token: token, attempt: attempt)
        async let second = try? api.payOnPortal(token: token, attempt: attempt)
        let answers = await [first, second].compactMap { $0 }.filter { $0.status == 303 }
        let ids = Set(answers.compactMap { $0.headers["location"]?.split(separator: "/").last.map(String.init) })
        #expect(ids.count <= 1, "two taps were two purchases")
        for id in ids { acknowledged.add(id, nil, onPortal: true) }
    }

    /// The violations once the box has settled what it can, or when nothing more has ended for a minute.
    private func violationsAtRest(_ site: RunningSite) async throws -> [String] {
        while true {
            let count = site.boxLines.count
            let violations = try await MoneyLedgers(site).violations(priceCents: Self.priceCents)
            if violations.isEmpty { return [] }
            let news = await site.boxLine(afterFirst: count, within: .seconds(60), where: EndedPurchase.isTold)
            guard news != nil else { return violations }
        }
    }

    /// Nothing acknowledged is lost: each such purchase is known and over. Whoever was told "delivered" owns a ficha that is
    /// paid once and is on the router, and the box still says so.
    private func check(_ acknowledged: Acknowledged, at site: RunningSite, seed: UInt64) async throws {
        for id in acknowledged.ids {
            var answer = try await BoxAPI(site: site).get("/payments/\(id)")
            if answer.status == 200, !EndedPurchase.states.contains(answer.text("status")) {
                _ = await site.boxLine(within: .seconds(60)) { $0.contains(id) && EndedPurchase.isTold(by: $0) }
                answer = try await BoxAPI(site: site).get("/payments/\(id)")
            }
            #expect(
                EndedPurchase.states.contains(answer.text("status")),
                "\(id) \(answer.status) FICHAS_KILL_SEED=\(seed)"
            )
            guard let code = acknowledged.codes[id] else { continue }
            #expect(answer.text("status") == "delivered", "FICHAS_KILL_SEED=\(seed)")
            #expect(try await MoneyLedgers(site).users(of: id).map(\.name) == [code], "FICHAS_KILL_SEED=\(seed)")
        }
        // A run in which nobody got through, or in which nothing was hit, would prove little.
        #expect(!acknowledged.codes.isEmpty)
        #expect(acknowledged.countOnPortal > 0)
        #expect(acknowledged.codes.count < Self.cycles * Self.buyersPerLife)
    }

    /// What buyers were told: which purchase is theirs, and the code where there was one.
    private final class Acknowledged: Sendable {
        private let state = Mutex<(ids: Set<String>, codes: [String: String], onPortal: Int)>(([], [:], 0))

        var ids: Set<String> { state.withLock { $0.ids } }
        var countOnPortal: Int { state.withLock { $0.onPortal } }
        var codes: [String: String] { state.withLock { $0.codes } }

        func add(_ id: String, _ code: String?, onPortal: Bool = false) {
            state.withLock { state in
                if onPortal { state.onPortal += 1 }
                state.ids.insert(id)
                if let code { state.codes[id] = code }
            }
        }
    }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }
}
