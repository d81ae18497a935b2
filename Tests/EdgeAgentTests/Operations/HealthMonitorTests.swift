import GRDB
import Logging
import RouterOS
import RouterOSSimulator
import ServerKit
import ServiceLifecycle
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// What `/healthz` and `/metrics` say, and how soon.
@Suite(.timeLimit(.minutes(1))) struct HealthMonitorTests {
    /// The parts of a box around the monitor, with a clock that the test moves.
    private struct Box {
        let database: DurableDatabase
        let fleet: RouterFleet
        let health = HealthRegistry(clock: .system)
        let metrics = PrometheusRegistry(help: BoxMetrics.help)
        let clock = TestClock()
        let monitor: HealthMonitor

        init(_ site: SiteSnapshot, _ folder: TemporaryDirectory) async throws {
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
            fleet = RouterFleet(site.routers, wallClock: .system, logger: logger)
            monitor = HealthMonitor(
                database: database,
                fleet: fleet,
                availability: CardAvailability(
                    inForce: try SiteInForce.forTests(site, fleet: fleet),
                    guardian: CardTestingGuard(now: { .zero }),
                    wayOut: WayOut(now: { .zero }),
                    routers: fleet,
                    database: database
                ),
                store: PurchaseStore(database: database),
                health: health,
                metrics: metrics,
                startedAt: Timestamp(seconds: 0),
                clock: clock
            )
        }

        func report(_ code: String) -> HealthReport? { health.all().first { $0.code == code } }

        /// Runs the monitor until `body` is done; the first look is over when `body` begins.
        func run(_ body: () async throws -> Void) async throws {
            let monitor = monitor
            let running = Task { try await monitor.run() }
            await clock.waitForSleepers()
            do {
                try await body()
            } catch {
                running.cancel()
                throw error
            }
            running.cancel()
            try await running.value
            try database.close()
        }

        func look(after duration: Duration) async {
            clock.advance(by: duration)
            await clock.waitForSleepers()
        }
    }

    @Test func `while a router is away there is a look each second, and then each ten`() async throws {
        let router = RouterOSSimulator(
            configuration: SimulatorConfiguration(users: [APIUser(name: "fichas", password: Secret("secreto"))]),
            start: Timestamp(seconds: 1_800_000_000)
        )
        try await withRouterOSSimulatorServer(router) { server in
            let folder = try TemporaryDirectory()
            let box = try await Box(.forTests(routerPort: server.port), folder)
            try await box.run {
                #expect(box.report("routers")?.ok == false)
                #expect(box.report("cards")?.why?.contains("r1") == true)
                #expect(box.report("database")?.ok == true)
                let fleet = box.fleet
                let connected = Task { try await fleet.run() }
                _ = await fleet.macAddress(at: "0.0.0.0", routerID: "r1")
                await box.look(after: .seconds(1))
                #expect(box.report("routers")?.ok == true)
                #expect(box.report("cards")?.ok == true)
                #expect(box.metrics.text().contains("router_connected{router=\"r1\"} 1\n"))
                connected.cancel()
                try await connected.value
                box.clock.advance(by: .seconds(9))
                #expect(box.report("routers")?.ok == true, "nobody looks in between")
                await box.look(after: .seconds(1))
                #expect(box.report("routers")?.ok == false)
            }
        }
    }

    @Test func `a disk that takes nothing shows, and so does that it takes again`() async throws {
        let folder = try TemporaryDirectory()
        let box = try await Box(.forTests(), folder)
        try await box.run {
            #expect(box.health.isHealthy)
            // From now on each commit of the monitor's own needs more room than there is.
            try await box.database.commit { db in
                try db.execute(
                    sql: """
                        CREATE TABLE filler (bytes BLOB);
                        CREATE TRIGGER fill AFTER UPDATE ON box BEGIN INSERT INTO filler VALUES (zeroblob(100000)); END
                        """
                )
            }
            try await box.database.commit { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages)")
            }
            await #expect(throws: DatabaseError.self) { try await box.monitor.store.tryCommit() }
            await box.look(after: .seconds(1))
            #expect(box.report("database")?.why == "No se puede escribir; ¿está lleno el disco?")
            #expect(!box.health.isHealthy)
            #expect(await box.monitor.availability.reasonAgainst(routerID: "r1") == .storageUnavailable)
            try await box.database.commit { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
            await box.look(after: .seconds(1))
            #expect(box.health.isHealthy)
            #expect(await box.monitor.availability.reasonAgainst(routerID: "r1") != .storageUnavailable)
        }
    }

    @Test func `purchases are counted by where they stand and how they ended, with words for each`() async throws {
        let folder = try TemporaryDirectory()
        let box = try await Box(.forTests(), folder)
        for id in ["pur_1", "pur_2", "pur_3"] {
            try await PurchaseRows.insert(into: box.database, id: id, createdAt: Timestamp(seconds: 1))
        }
        try await box.database.commit { db in
            try db.execute(
                sql: """
                    UPDATE purchase SET state = 'abandoned', refusal = 'interrupted', ended_at_ms = 1, is_open = 0
                        WHERE id = 'pur_1';
                    UPDATE purchase SET state = 'needs_attention', order_id = 'o', charge_sent_at_ms = 1,
                        attention = 'order_missing' WHERE id = 'pur_2'
                    """
            )
        }
        try await box.run {
            let text = box.metrics.text()
            #expect(text.contains("# TYPE purchases_ended_total counter\n"))
            #expect(text.contains("purchases_ended_total{state=\"abandoned\"} 1\n"))
            #expect(text.contains("purchases_ended_total{state=\"delivered\"} 0\n"))
            #expect(text.contains("purchases_open{state=\"created\"} 1\n"))
            #expect(text.contains("purchases_open{state=\"needs_attention\"} 1\n"))
            #expect(box.report("purchases")?.why == "1 compra(s) esperan a una persona")
            let named = text.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map {
                $0.split(separator: " ")[2]
            }
            for name in named { #expect(text.contains("# HELP \(name) "), "\(name)") }
        }
    }
}
