import Logging
import Outbound
import ServerKit
import ServiceLifecycle
import Shared
import Store

/// What an enrolled box has beside the others: its way to the centre.
struct SyncParts: Sendable {
    let contact = CentreContact()
    private let credential: CentreCredential
    private let database: DurableDatabase
    private let centre: CentreClient
    private let documents: SiteDocumentStore

    init(_ credential: CentreCredential, database: DurableDatabase, outbound: any OutboundTransport) {
        self.credential = credential
        self.database = database
        centre = CentreClient(baseURL: credential.centreURL, credential: credential.secret, outbound: outbound)
        documents = SiteDocumentStore(database: database, signingKey: credential.signingKey)
    }

    /// The document the box starts with: the last good one, or the first one.
    ///
    /// - Throws: ``NoSiteDocument``, `CentreFailure`; what is wrong with the document or with the database.
    func document(wallClock: WallClock) async throws -> SiteSnapshot {
        if let document = try await documents.load() { return document }
        let now = wallClock.now
        let report = BoxReport(
            softwareVersion: BoxVersion.text,
            startedAt: now,
            unsyncedEvents: 0,
            purchasesInDoubt: 0,
            purchasesForAttention: 0,
            routers: []
        )
        let reply = try await centre.poll(
            SyncPoll.Request(
                appliedVersion: 0,
                refusal: nil,
                waitSeconds: 0,
                sentAt: now,
                report: report,
                results: []
            )
        )
        guard let document = reply.snapshot else { throw NoSiteDocument() }
        let snapshot = try documents.read(document)
        try await documents.save(document, version: snapshot.snapshotVersion, at: now)
        return snapshot
    }

    /// What keeps the conversation with the centre going.
    func services(
        inForce: SiteInForce,
        fleet: RouterFleet,
        store: PurchaseStore,
        startedAt: Timestamp,
        clock: SiteClock,
        logger: Logger
    ) -> [any Service] {
        let bell = Bell()
        let pusher = SyncPusher(
            store: OutboxStore(database: database),
            credential: credential,
            centre: centre,
            contact: contact,
            bell: bell,
            wallClock: clock.wallClock,
            logger: logger
        )
        let poller = SyncPoller(
            centre: centre,
            documents: documents,
            site: inForce,
            commands: CommandRunner(fleet: fleet, site: inForce),
            reporter: BoxReporter(store: store, fleet: fleet, contact: contact, startedAt: startedAt),
            contact: contact,
            pusherBell: bell,
            wallClock: clock.wallClock,
            onServerTime: clock.hear,
            logger: logger
        )
        return [pusher, poller]
    }
}

/// The box is enrolled, and its site has no router to sell on yet.
struct NoSiteDocument: Error, CustomStringConvertible {
    var description: String { "the centre has no router for this site yet" }
}
