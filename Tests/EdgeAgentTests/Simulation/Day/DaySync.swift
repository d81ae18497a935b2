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
        credential = try .forTests(centreURL: DayCentre.url)
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
            documents: SiteDocumentStore(database: database, signingKey: credential.signingKey),
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
        if try await outbox.position().incarnation == nil { try await outbox.begin(credential) }
    }
}
