import Foundation
import GRDB
import Logging
import Purchasing
import ServerKit
import Shared
import Store
import TestSupport

@testable import EdgeAgent

/// A box's end of the conversation with the centre, on a real file: the production outbox, pusher and enrolment.
final class BoxUnderTest {
    static let centreURL = "http://127.0.0.1:1"

    let line: FaultyLine
    let folder: TemporaryDirectory
    private(set) var database: DurableDatabase
    private(set) var known: SyncPoint
    private let contact = CentreContact()
    private let logger = Logger(label: "box") { _ in SwiftLogNoOpLogHandler() }

    /// A new box, enrolled with a code.
    static func enrol(code: String, over line: FaultyLine) async throws -> BoxUnderTest {
        let box = try await BoxUnderTest(line: line)
        try await box.enrol(code: code)
        return box
    }

    /// - Parameter copied: A folder whose files this box begins with.
    init(line: FaultyLine, copying copied: TemporaryDirectory? = nil) async throws {
        self.line = line
        folder = try TemporaryDirectory(inMemory: true)
        if let copied {
            for name in ["box.sqlite", "centre.json"] {
                try FileManager.default.copyItem(atPath: copied.path(name), toPath: folder.path(name))
            }
        }
        database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        known = try await OutboxStore(database: database).position().acknowledged
    }

    func enrol(code: String) async throws {
        let settings = try await EdgeSettings(file: nil, environment: ["FICHAS_DATABASE": folder.path("box.sqlite")])
        let enrolling = Enrolling(settings: settings, database: database, outbound: line)
        _ = try await enrolling.run(code: code, centreURL: Self.centreURL)
        known = try await OutboxStore(database: database).position().acknowledged
    }

    var store: OutboxStore { OutboxStore(database: database) }

    func credential() throws -> CentreCredential {
        guard let credential = try CentreCredential(path: folder.path("centre.json")) else {
            throw CentreCredential.Unusable(path: folder.path("centre.json"))
        }
        return credential
    }

    // MARK: Selling

    /// - Parameter time: The box's clock.
    func sell(_ id: String, cents: Int64 = 1_000, at time: Timestamp = TestWallClock.start) async throws {
        let venta = VentaEvent.Venta(
            id: id,
            method: "card",
            outcome: .delivered,
            routerID: "rtr_1",
            productID: 1,
            productName: "1 hora",
            durationSeconds: 3_600,
            fichaCode: "0123456789",
            amountCents: cents,
            refundedCents: 0,
            currency: "MXN",
            orderID: "ord_\(id)",
            chargeID: "chg_\(id)"
        )
        try await database.commit { try Outbox.append(.venta(venta), at: time, in: $0) }
    }

    static let cashier = SiteSnapshot.Cashier(
        id: "usr_cajero_1",
        name: "cajero",
        pinHash: PasswordHash(
            parameters: ScryptParameters(log2Rounds: 4, blockSize: 1, parallelism: 1),
            salt: [],
            digest: []
        ),
        routerIDs: ["rtr_1"]
    )

    static func moment(_ time: Timestamp) -> FichaMoment {
        FichaMoment(time: time, wall: time, quality: .synced)
    }

    /// Sells for cash as the counter does.
    @discardableResult
    func sellForCash(_ seed: UInt64, at time: Timestamp = TestWallClock.start) async throws -> CounterSale {
        var generator = SplitMix64(seed: seed)
        let product = PurchasedProduct(
            id: 1,
            name: "1 hora",
            price: Money(cents: 1_500, currency: "MXN"),
            durationSeconds: 3_600,
            clock: .corrido,
            mikrotikProfile: "1h"
        )
        let order = CounterOrder(
            id: SaleID(using: &generator),
            cashier: Self.cashier,
            routerID: "rtr_1",
            product: product
        )
        let store = CounterStore(database: database)
        return try await store.sell(
            order,
            code: FichaCode(using: &generator),
            comment: RouterComment(using: &generator),
            at: Self.moment(time)
        ).sale
    }

    /// Takes a sale back.
    func void(_ sale: CounterSale, at time: Timestamp = TestWallClock.start) async throws {
        let store = CounterStore(database: database)
        _ = try await store.void(sale.id, of: Self.cashier, reason: "Me equivoqué", at: Self.moment(time))
    }

    /// Counts the till, and closes it.
    func closeTill(_ seed: UInt64, number: Int64, countedCents: Int64) async throws {
        var generator = SplitMix64(seed: seed)
        _ = try await CorteStore(database: database).close(
            CounterID(using: &generator),
            number: number,
            currency: "MXN",
            countedCents: countedCents,
            by: Self.cashier,
            at: TestWallClock.start
        )
    }

    func epoch() async throws -> Int64 { try await store.position().epoch }

    /// The sales whose events the box holds.
    func sales() async throws -> [String] {
        try await database.read { db in
            try String.fetchAll(db, sql: "SELECT json_extract(body, '$.venta.id') FROM outbox")
        }
    }

    // MARK: Sending

    /// Sends until there is nothing left to send, or a request fails.
    ///
    /// - Returns: Whether all is sent.
    @discardableResult
    func push() async throws -> Bool {
        let pusher = try pusher()
        do {
            // Each round sends or settles something; more of them than this is a circle.
            for _ in 0..<100 {
                guard try await pusher.push(&known) else { return true }
            }
            return false
        } catch is CentreFailure {
            return false
        }
    }

    /// Sends by itself from now on, as the program does, until the task is cancelled.
    func startPushing() throws -> Task<Void, any Error> {
        let pusher = try pusher()
        return Task { try await pusher.run() }
    }

    private func pusher() throws -> SyncPusher {
        let credential = try credential()
        return SyncPusher(
            store: store,
            credential: credential,
            centre: CentreClient(baseURL: Self.centreURL, credential: credential.secret, outbound: line),
            contact: contact,
            bell: Bell(),
            wallClock: .system,
            logger: logger
        )
    }

    /// Asks the centre once, and tells the pusher what it has to know.
    func poll() async throws {
        let credential = try credential()
        let report = BoxReport(
            softwareVersion: "1.0",
            startedAt: TestWallClock.start,
            unsyncedEvents: 0,
            purchasesInDoubt: 0,
            purchasesForAttention: 0,
            routers: []
        )
        let centre = CentreClient(baseURL: Self.centreURL, credential: credential.secret, outbound: line)
        let reply = try await centre.poll(
            SyncPoll.Request(
                appliedVersion: 1,
                refusal: nil,
                waitSeconds: 0,
                sentAt: TestWallClock.start,
                report: report,
                results: [],
                position: known
            )
        )
        if let lag = reply.acknowledged { contact.noteLag(lag) }
    }

    // MARK: Trouble

    /// What the box has on its disk, for later: the program stopped, its files copied.
    func copyFiles() async throws -> TemporaryDirectory {
        try database.close()
        let copy = try TemporaryDirectory(inMemory: true)
        for name in ["box.sqlite", "centre.json"] {
            try FileManager.default.copyItem(atPath: folder.path(name), toPath: copy.path(name))
        }
        try await open()
        return copy
    }

    /// Puts an older database back.
    func restore(_ copy: TemporaryDirectory) async throws {
        try database.close()
        try FileManager.default.removeItem(atPath: folder.path("box.sqlite"))
        try FileManager.default.copyItem(atPath: copy.path("box.sqlite"), toPath: folder.path("box.sqlite"))
        try await open()
    }

    /// The program is killed and starts again: what it had in mind is gone.
    func restart() async throws {
        try database.close()
        try await open()
    }

    func close() throws {
        try database.close()
    }

    private func open() async throws {
        database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        known = try await store.position().acknowledged
    }
}
