import ConektaSimulator
import Shared
import TestSupport
import Testing

/// Random calls and faults: whatever happens, the money of every order adds up.
struct MoneyInvariantTests {
    @Test(arguments: UInt64(0)..<40)
    func `no order is paid twice or refunded beyond what was paid`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let desk = Desk(seed: seed)
        var orders: [String] = []
        var tokens = ["tok_test_visa_4242", "tok_test_card_declined"]
        let executions: [Fault.Execution] = [.once, .never, .twice, .late(after: .seconds(30)), .outcome(.challenge)]
        let answers: [Fault.Answer] = [.whole, .closed, .cutBody, .silence, .error(status: 500), .html(status: 502)]
        for _ in 0..<200 {
            switch UInt64.random(in: 0..<8, using: &random) {
            case 0: orders.append(try desk.openOrder(cents: .random(in: 300...9_000, using: &random)))
            case 1: tokens.append(desk.core.makeToken(outcome: .approved))
            case 2:
                desk.core.script(
                    Fault(
                        executions.randomElement(using: &random) ?? .once,
                        answer: answers.randomElement(using: &random) ?? .whole
                    ),
                    on: [.createCharge, .refundOrder].randomElement(using: &random)
                )
            case 3:
                let amount = Int64.random(in: 1...9_000, using: &random)
                guard let order = orders.randomElement(using: &random) else { continue }
                _ = desk.call("POST", "/orders/\(order)/refunds", ["amount": .integer(amount)])
            case 4: desk.core.advance(by: .seconds(Int64.random(in: 0...120, using: &random)))
            case 5:
                guard let order = orders.randomElement(using: &random) else { continue }
                desk.core.finishChallenge(orderID: order, approved: .random(using: &random))
            default:
                guard let order = orders.randomElement(using: &random) else { continue }
                _ = desk.charge(order, tokens.randomElement(using: &random) ?? "")
            }
        }
        desk.core.advance(by: .seconds(3_600))
        let snapshot = desk.core.snapshot
        #expect(snapshot.lateCalls == 0)
        for order in snapshot.orders {
            let paid = order.charges.filter { $0.status == .paid }
            #expect(paid.count <= 1, "seed \(seed): \(order.id)")
            #expect(order.capturedCents == (paid.isEmpty ? 0 : order.amountCents), "seed \(seed): \(order.id)")
            #expect(order.refundedCents <= order.capturedCents, "seed \(seed): \(order.id)")
        }
        for token in snapshot.tokens {
            let uses = snapshot.charges.count { $0.tokenID == token.id }
            #expect(uses <= 1, "seed \(seed): \(token.id)")
            #expect((uses == 1) == (token.usedByOrderID != nil), "seed \(seed): \(token.id)")
        }
        #expect(snapshot.orders.reduce(0) { $0 + $1.capturedCents } == snapshot.capturedCents)
        #expect(snapshot.capturedCents > 0, "seed \(seed): a run in which nothing was paid shows nothing")
    }

    @Test func `the same seed and calls give the same ledger`() throws {
        func run() throws -> [LedgerOrder] {
            let desk = Desk(seed: 5)
            for _ in 0..<5 { _ = try desk.paidOrder() }
            return desk.core.snapshot.orders
        }
        #expect(try run() == run())
    }
}
