import Crypto
import Foundation
import GRDB
import Logging
import Shared
import Store
import TestSupport
import Testing

@testable import EdgeAgent

/// What a box makes of what the centre says.
@Suite(.timeLimit(.minutes(2))) struct SyncPollerTests {
    /// The parts of a box that listen to a centre.
    private struct Listening {
        let centre: ScriptedCentre
        let documents: SiteDocumentStore
        let site: SiteInForce
        let clock: TestClock
        let poller: SyncPoller
    }

    @Test func `a document that asks for what the box cannot do is refused, upward too, and not asked for in a circle`()
        async throws
    {
        try await listening { box in
            try box.centre.answer(Self.document(2, more: #""required_capabilities":["card_payments","teleport"],"#))
            try box.centre.answer()
            try box.centre.answer(Self.document(3))
            let running = Task { try await box.poller.run() }
            await box.centre.asked.reaches(1)
            await box.clock.waitForSleepers()
            #expect(box.site.site.snapshot.snapshotVersion == 1)
            // The same document would be offered again at once.
            box.clock.advance(by: .seconds(29))
            #expect(box.centre.polls.count == 1)
            box.clock.advance(by: .seconds(1))
            await box.centre.asked.reaches(2)
            #expect(box.centre.polls[1].refusal?.contains("teleport") == true)
            #expect(box.centre.polls[1].appliedVersion == 1)
            #expect(try await box.documents.load() == nil)

            await box.clock.waitForSleepers()
            box.clock.advance(by: .seconds(1))
            await box.centre.asked.reaches(3)
            await box.clock.waitForSleepers()
            #expect(box.site.site.snapshot.snapshotVersion == 3)
            box.clock.advance(by: .seconds(1))
            await box.centre.asked.reaches(4)
            #expect(box.centre.polls[3].refusal == nil)
            #expect(box.centre.polls[3].appliedVersion == 3)
            running.cancel()
            try await running.value
        }
    }

    @Test func `a document in force is on the disk as it came, with what this box does not know`() async throws {
        try await listening { box in
            let document = Self.document(7, more: #""sells_tacos":{"al pastor":true},"#)
            try box.centre.answer(document)
            let running = Task { try await box.poller.run() }
            await box.clock.waitForSleepers()
            #expect(box.site.site.snapshot.snapshotVersion == 7)
            let kept = try await box.documents.database.read {
                try String.fetchOne($0, sql: "SELECT payload FROM site_document")
            }
            #expect(kept == document)
            running.cancel()
            try await running.value
        }
    }

    @Test func `a document of another's hand, or an older one, changes nothing`() async throws {
        try await listening { box in
            try box.centre.answer(Self.document(9), signedBy: ScriptedCentre().signingKey)
            try box.centre.answer(Self.document(1))
            let running = Task { try await box.poller.run() }
            await box.clock.waitForSleepers()
            box.clock.advance(by: .seconds(30))
            await box.centre.asked.reaches(2)
            #expect(box.centre.polls[1].refusal != nil)
            await box.clock.waitForSleepers()
            #expect(box.site.site.snapshot.snapshotVersion == 1)
            #expect(try await box.documents.load() == nil)
            running.cancel()
            try await running.value
        }
    }

    @Test func `a centre that ends under a question is left alone for as long as it asks`() async throws {
        try await listening { box in
            try box.centre.answer(retryAfter: 7)
            let running = Task { try await box.poller.run() }
            await box.clock.waitForSleepers()
            box.clock.advance(by: .milliseconds(6_999))
            #expect(box.centre.polls.count == 1)
            // And at most the first second of its own patience more.
            box.clock.advance(by: .milliseconds(1_001))
            await box.centre.asked.reaches(2)
            running.cancel()
            try await running.value
        }
    }

    // MARK: The box

    private static func document(_ version: Int, more: String = "") -> String {
        #"""
        {"format_version":1,"snapshot_version":\#(version),"issued_at":"2026-11-22T00:00:00Z",\#(more)
         "empresa":{"id":"emp_1","name":"WiFi Ejemplo"},
         "site":{"id":"site_1","name":"Tienda Centro","time_zone":"America/Mexico_City"},
         "routers":[{"id":"r1","name":"hAP centro",
           "api":{"host":"127.0.0.1","port":8728,"username":"fichas","password":"secreto"},"api_keys":[]}],
         "products":[]}
        """#
    }

    private func listening(_ body: (Listening) async throws -> Void) async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        let (centre, clock, contact) = (ScriptedCentre(), TestClock(), CentreContact())
        let wallClock = WallClock { Timestamp(seconds: 1_800_000_000) }
        let logger = Logger(label: "box") { _ in SwiftLogNoOpLogHandler() }
        let fleet = RouterFleet(wallClock: wallClock, logger: logger)
        let site = try SiteInForce.forTests(try SiteSnapshot(json: Data(Self.document(1).utf8)), fleet: fleet)
        let documents = SiteDocumentStore(database: database, signingKey: centre.signingKey.publicKey)
        let poller = SyncPoller(
            centre: CentreClient(baseURL: "http://centro", credential: Secret("fcb_1"), outbound: centre),
            documents: documents,
            site: site,
            commands: CommandRunner(fleet: fleet, site: site),
            reporter: BoxReporter(
                store: PurchaseStore(database: database),
                fleet: fleet,
                contact: contact,
                startedAt: wallClock.now
            ),
            contact: contact,
            pusherBell: Bell(),
            wallClock: wallClock,
            onServerTime: { _ in },
            clock: clock,
            logger: logger
        )
        try await body(Listening(centre: centre, documents: documents, site: site, clock: clock, poller: poller))
        try database.close()
    }
}
