import GRDB
import Logging
import Outbound
import Shared
import Store
import Synchronization
import TestSupport
import Testing

@testable import EdgeAgent

/// What goes up while the counter sells. The conversation with a real centre is in `CentralSyncTests/Boxes`.
@Suite struct SyncPusherTests {
    private struct Line: OutboundTransport {
        let centre: DayCentre

        func send(_ request: OutboundRequest) async -> OutboundOutcome {
            (try? centre.take(request)) ?? .notSent(.cancelled)
        }
    }

    private static func venta(_ id: String) -> OutboxFact {
        .venta(
            VentaEvent.Venta(
                id: id,
                method: "card",
                outcome: .delivered,
                routerID: "r1",
                productID: 1,
                productName: "1 hora",
                durationSeconds: 3_600,
                fichaCode: "0123456789",
                amountCents: 1_500,
                refundedCents: 0,
                currency: "MXN",
                orderID: "ord_1",
                chargeID: "chg_1"
            )
        )
    }

    /// Somebody sells between the two looks at the outbox of which a batch is made: the centre then has more than the first
    /// look saw, and nothing was put back.
    @Test func `a sale while a batch is put together goes up with it, in the same epoch`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        let (store, centre) = (OutboxStore(database: database), DayCentre())
        let credential = try CentreCredential.forTests(centreURL: DayCentre.url)
        try await store.begin(credential)
        let now = Timestamp(seconds: 1_800_000_000)
        try await database.commit { try Outbox.append(Self.venta("pur_first"), at: now, in: $0) }
        let counter = try DatabaseQueue(path: folder.path("box.sqlite"))
        let hasSold = Mutex(false)
        let pusher = SyncPusher(
            store: store,
            credential: credential,
            centre: CentreClient(baseURL: DayCentre.url, credential: nil, outbound: Line(centre: centre)),
            contact: CentreContact(uptime: { .zero }),
            bell: Bell(),
            // It is asked between the two looks.
            wallClock: WallClock {
                let isFirst = hasSold.withLock { hasSold in
                    defer { hasSold = true }
                    return !hasSold
                }
                if isFirst { try? counter.write { try Outbox.append(Self.venta("pur_second"), at: now, in: $0) } }
                return now
            },
            logger: Logger(label: "box") { _ in SwiftLogNoOpLogHandler() }
        )
        var known = try await store.position().acknowledged
        while try await pusher.push(&known) {}
        #expect(centre.events.count == 2)
        #expect(centre.findings == [])
        let position = try await store.position()
        #expect(position.planned == nil && position.epoch == 1)
        #expect(known.seq == 2)
        try counter.close()
        try database.close()
    }
}
