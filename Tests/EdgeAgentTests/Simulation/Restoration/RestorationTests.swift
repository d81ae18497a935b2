import ConektaSimulator
import Foundation
import GRDB
import Purchasing
import RouterOS
import RouterOSSimulator
import Shared
import Store
import Synchronization
import Testing

@testable import EdgeAgent

/// What a restored box decides about single purchases.
@Suite struct RestorationTests {
    /// A sale the backup knows, one that it does not, one more as the script has it, and the box as it is afterwards.
    private func restored(
        _ world: SimulatedWorld,
        timeOff: Duration = .seconds(600)
    ) async throws -> (box: SimulatedBox, row: PurchaseRecord) {
        let lost = try world.buyer()
        let box = try await RestorationRun(world: world, timeOff: timeOff)
            .restoredBox(selling: [try world.buyer()], thenUnknown: [try world.buyer(), lost])
        let id = try #require(world.acknowledgements.taken(lost.intent)?.id)
        let row = try await box.database.read { try PurchaseRecord.fetchOne($0, key: id.text) }
        return (box, try #require(row))
    }

    private func dyingInTheCharge() throws -> SimulatedWorld {
        let charges = Counter()
        let script = FaultScript { _, call in
            call.isCharge && charges.next() == 3 ? .crashAfter : nil
        } choosingCommit: { _ in
            nil
        }
        return try SimulatedWorld(script: script)
    }

    @Test func `a sale that the router still has is a sale again, as it was`() async throws {
        let world = try SimulatedWorld()
        let (box, row) = try await restored(world)
        #expect(row.state == "delivered")
        #expect(row.customerName == "Ana Pérez")
        #expect(row.customerEmail == "ana@example.mx")
        let order = try #require(world.conekta.order(row.orderID ?? ""))
        let (soldAtMs, ficha) = try await box.database.read { db in
            (
                try Int64.fetchOne(db, sql: "SELECT at_ms FROM venta WHERE id = ?", arguments: [row.id]),
                try FichaRecord.fetchOne(db, sql: "SELECT * FROM ficha WHERE purchase_id = ?", arguments: [row.id])
            )
        }
        // Conekta tells the time to the second.
        #expect(soldAtMs == order.charges.first?.paidAt.map { $0.milliseconds / 1_000 * 1_000 })
        #expect(ficha?.productName == "1 hora")
        #expect(ficha?.durationSeconds == 3_600)
        #expect(ficha?.routerState == "present")
        #expect(try await RestorationStore(database: box.database).current() == nil)
        #expect(box.gate.isOpen)
        // An hour before the backup was made.
        let seconds = (SimulatedWorld.start.milliseconds / 1_000) + 300 - 3_600
        let lists = world.script.calls.map(\.request).filter { $0.hasPrefix("GET /orders?") }
        #expect(lists == Array(repeating: "GET /orders?limit=250&created_at.gte=\(seconds)", count: 2))
        try box.end()
    }

    @Test func `what the box charged when it died is delivered to who still waits, and goes back to who is gone`()
        async throws
    {
        for (minutes, state) in [(10, "delivered"), (40, "refunded")] {
            let (box, row) = try await restored(try dyingInTheCharge(), timeOff: .seconds(minutes * 60))
            #expect(row.state == state, "\(minutes)")
            try box.end()
        }
    }

    @Test func `what may have been used up since is for a person, and closes when they give it back`() async throws {
        let world = try dyingInTheCharge()
        let box = try await box(of: world, offFor: .seconds(7_200))
        let row = try await lastPurchase(box)
        #expect(row.state == "needs_attention")
        #expect(row.attention == "delivery_unknown")
        #expect(row.isOpen)
        #expect(try await box.store.openCounts()[.needsAttention] == 1)
        // Nothing went back by itself.
        #expect(world.conekta.snapshot.refundedCents == 0)
        try refundByHand(world, orderID: row.orderID ?? "")
        try box.end()
        let next = try await SimulatedBox(world)
        _ = try await next.recover()
        #expect(try await lastPurchase(next).state == "refunded")
        let buyers = try [world.buyer(), world.buyer()]
        let oracle = MoneyOracle(world: world, buyers: buyers, isRestored: true)
        #expect(try await oracle.books(next.database, kept: 3_000) == [])
        try next.end()
    }

    @Test func `a router that lost its memory proves nothing`() async throws {
        let world = try dyingInTheCharge()
        let box = try await box(of: world, offFor: .seconds(600)) {
            for user in world.router.ledger.presentUsers {
                world.router.console(["/ip/hotspot/user/remove", Word("=numbers=\(user.name)")])
            }
        }
        #expect(try await lastPurchase(box).attention == "delivery_unknown")
        try box.end()
    }

    @Test func `while a router is away cards are taken elsewhere, and its sales wait`() async throws {
        let world = try SimulatedWorld()
        let run = RestorationRun(world: world)
        let (known, lost) = (try world.buyer(), try world.buyer())
        try await run.sell([known], thenUnknown: [lost])
        world.takeRouterAway(for: .seconds(8 * 3_600))
        try await run.restore()
        let box = try await SimulatedBox(world)
        _ = try await box.restoreSales(looks: 3)
        #expect(box.gate.isOpen)
        let id = try #require(world.acknowledgements.taken(lost.intent)?.id)
        let waiting = try #require(try await box.store.purchase(id))
        #expect(waiting.attention == .deliveryUnknown)
        #expect(try await box.store.awaitingRestoration().map(\.id) == [id])
        #expect(try await RestorationStore(database: box.database).current() != nil)
        world.time.pass(.seconds(8 * 3_600))
        _ = try await box.restoreSales()
        #expect(try await box.store.purchase(id)?.state == .delivered)
        #expect(try await RestorationStore(database: box.database).current() == nil)
        #expect(try await MoneyOracle(world: world, buyers: [known, lost], isRestored: true).violations(in: box) == [])
        try box.end()
    }

    @Test func `another site's sales in the same account are left alone`() async throws {
        let world = try SimulatedWorld()
        let other = try await SimulatedBox(world, siteID: "site_2")
        _ = await other.buy(try world.buyer().intent)
        try other.end()
        try FileManager.default.removeItem(atPath: world.databasePath)
        let buyer = try world.buyer()
        let box = try await RestorationRun(world: world).restoredBox(selling: [buyer], thenUnknown: [])
        let count = try await box.database.read { try PurchaseRecord.fetchCount($0) }
        #expect(count == 1)
        try box.end()
    }

    @Test func `no card is taken until Conekta has been gone through, whatever restarts`() async throws {
        let world = try SimulatedWorld()
        let run = RestorationRun(world: world)
        try await run.sell([try world.buyer()], thenUnknown: [try world.buyer()])
        try await run.restore()
        world.refuseKey(for: .seconds(3_600))
        for _ in 0..<2 {
            let box = try await SimulatedBox(world)
            _ = try await box.restoreSales(looks: 2)
            #expect(!box.gate.isOpen)
            #expect(try await RestorationStore(database: box.database).current()?.isSearched == false)
            try box.end()
        }
    }

    @Test func `a backup made while one was being found out about goes back to where that began`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let store = RestorationStore(database: box.database)
        func mark(_ time: Timestamp, isSynced: Bool) async throws {
            let mark = ClockMark(bootID: "boot", uptime: .zero, time: time, isSynced: isSynced)
            try await box.database.commit { try ClockMarkStore.save(mark, in: $0) }
        }
        try await mark(SimulatedWorld.start, isSynced: true)
        try await store.beginFromBackup()
        try await store.markSearched(at: SimulatedWorld.start)
        try await mark(SimulatedWorld.start + .seconds(60), isSynced: true)
        try await store.beginFromBackup()
        #expect(try await store.current() == Restoration(since: SimulatedWorld.start, isSearched: false))
        // A clock nobody confirmed says nothing: then all there ever was is gone through.
        try await mark(SimulatedWorld.start + .seconds(120), isSynced: false)
        try await store.beginFromBackup()
        #expect(try await store.current() == Restoration(since: nil, isSearched: false))
        try box.end()
    }

    // MARK: Help

    private func box(
        of world: SimulatedWorld,
        offFor timeOff: Duration,
        meanwhile: () -> Void = {}
    ) async throws -> SimulatedBox {
        let run = RestorationRun(world: world, timeOff: timeOff)
        try await run.sell([try world.buyer()], thenUnknown: [try world.buyer(), try world.buyer()])
        meanwhile()
        try await run.restore()
        let box = try await SimulatedBox(world)
        _ = try await box.restoreSales(looks: 3)
        return box
    }

    private func lastPurchase(_ box: SimulatedBox) async throws -> PurchaseRecord {
        let row = try await box.database.read {
            try PurchaseRecord.fetchOne($0, sql: "SELECT * FROM purchase ORDER BY created_at_ms DESC LIMIT 1")
        }
        return try #require(row)
    }

    /// Somebody does it in Conekta's panel.
    private func refundByHand(_ world: SimulatedWorld, orderID: String) throws {
        let reply = world.conekta.handle(
            ConektaRequest(
                method: "POST",
                target: "/orders/\(orderID)/refunds",
                headers: [
                    "authorization": "Bearer \(SimulatedWorld.privateKey)", "content-type": "application/json",
                    "accept": "application/vnd.conekta-v2.3.0+json",
                ],
                body: Data(#"{"amount":1500,"reason":"requested_by_client"}"#.utf8)
            )
        )
        guard case .answer(let response) = reply.delivery else {
            Issue.record("no answer")
            return
        }
        #expect(response.status == 200)
    }
}

/// Counts how often it was asked.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    /// 1 the first time.
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}
