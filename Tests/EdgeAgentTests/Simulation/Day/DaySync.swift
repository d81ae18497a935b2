import Crypto
import Foundation
import Shared
import Store

@testable import EdgeAgent

/// The box's conversation with the centre, as `SyncParts` joins it.
struct DaySync {
    let pusher: SyncPusher
    let poller: SyncPoller
    private let outbox: OutboxStore
    private let credential: CentreCredential

    init(
        day: SimulatedDay,
        database: DurableDatabase,
        store: PurchaseStore,
        inForce: SiteInForce,
        fleet: RouterFleet,
        clock: SiteClock,
        outbound: DayLine
    ) throws {
        let (world, time, logger) = (day.world, day.time, day.world.log.logger)
        outbox = OutboxStore(database: database)
        let key = Curve25519.Signing.PrivateKey().publicKey
        let reply = #"""
            {"empresa_id":"emp_1","site_id":"site_1","box_id":"box_1","credential":"fcb_1","epoch":1,
             "signing_key":"\#(SHA256Digest.hexadecimal(of: Array(key.rawRepresentation)))"}
            """#
        credential = try CentreCredential(
            JSONDecoder().decode(Enrolment.Reply.self, from: Data(reply.utf8)),
            centreURL: DayCentre.url
        )
        let centre = CentreClient(baseURL: DayCentre.url, credential: credential.secret, outbound: outbound)
        let (contact, bell) = (CentreContact(uptime: world.uptime), Bell())
        pusher = SyncPusher(
            store: outbox,
            credential: credential,
            centre: centre,
            contact: contact,
            bell: bell,
            wallClock: clock.wallClock,
            clock: time,
            uptime: world.uptime,
            logger: logger
        )
        poller = SyncPoller(
            centre: centre,
            documents: SiteDocumentStore(database: database, signingKey: key),
            site: inForce,
            commands: CommandRunner(fleet: fleet, site: inForce),
            reporter: BoxReporter(store: store, fleet: fleet, contact: contact, startedAt: time.now.time),
            contact: contact,
            pusherBell: bell,
            wallClock: clock.wallClock,
            onServerTime: clock.hear,
            clock: time,
            logger: logger
        )
    }

    /// Gives the database of a new box the name it was enrolled under.
    func enrol() async throws {
        guard try await outbox.position().incarnation == nil else { return }
        try await outbox.begin(
            epoch: 1,
            incarnation: String(repeating: "a", count: 32),
            boxID: credential.boxID,
            site: credential.site
        )
    }
}
