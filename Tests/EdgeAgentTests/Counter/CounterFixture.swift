import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Metrics
import ServerKit
import Shared
import Store
import Synchronization
import TestSupport
import Testing

@testable import EdgeAgent

/// The counter on a database on disk, with no router that answers: the box of a shop whose MikroTik is off.
struct CounterFixture: Sendable {
    static let pin = "482916"
    /// Of ``pin``, as cheap as can be.
    static let hash = "$scrypt$ln=4,r=1,p=1$AAECAwQFBgcICQoLDA0ODw$qReYSIiP0y9tXU8FK9_xHUWBVX7hEBtM-9B4Xc0EV-s"
    static let ana = cashier("usr_ana", "Ana")
    static let beto = cashier("usr_beto", "Beto")
    static let lupita = reseller("rev_lupita", "Abarrotes Lupita")

    let client: any TestClientProtocol
    let database: DurableDatabase
    let inForce: SiteInForce
    /// What has passed since noon.
    let time: TestTime
    let noon: Noon
    /// What printers and the pages that wait for them go by.
    let clock: TestClock

    /// When it is noon.
    final class Noon: Sendable {
        let value = Mutex(FichaMoment.noon)
    }

    /// - Parameters:
    ///   - folder: Where the database is, perhaps from before.
    ///   - more: Members of the site document.
    static func run(
        in folder: TemporaryDirectory? = nil,
        cashiers: [String] = [ana, beto],
        resellers: [String] = [],
        more: String = "",
        _ body: @escaping @Sendable (CounterFixture) async throws -> Void
    ) async throws {
        let folder = try folder ?? TemporaryDirectory(inMemory: true)
        let database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        let logger = Logger(label: "counter") { _ in SwiftLogNoOpLogHandler() }
        let fleet = RouterFleet(wallClock: .system, logger: logger)
        let document = try site(cashiers: cashiers, resellers: resellers, more: more)
        let inForce = try SiteInForce.forTests(document, fleet: fleet)
        let time = TestTime()
        let noon = Noon()
        let clock = TestClock()
        let sessions = CounterSessions { time.now }
        let pages = RunningProgram.package.appending(path: "portal-html/mostrador").path(percentEncoded: false)
        let counter = CounterController(
            inForce: inForce,
            desk: CounterDesk(inForce: inForce, store: CounterStore(database: database), routers: fleet) {
                let now = noon.value.withLock { $0 } + time.now
                return FichaMoment(time: now, wall: now, quality: .synced)
            },
            cortes: CorteStore(database: database),
            batches: BatchStore(database: database),
            slips: SlipDesk(portalURL: "http://10.5.50.2:8080", clock: clock, logger: logger),
            resellers: ResellerDesk(inForce: inForce, database: database),
            login: CashierLogin(
                inForce: inForce,
                sessions: sessions,
                limits: CashierGuard { time.now },
                hasher: PasswordHasher(parameters: ScryptParameters(log2Rounds: 4, blockSize: 1, parallelism: 1)),
                logger: logger
            ),
            sessions: sessions,
            pages: try CounterPages(directory: pages)
        )
        let options = AppRouter.Options(contentSecurityPolicy: "default-src 'none'")
        let router = AppRouter.make(options: options, metrics: NOOPMetricsHandler.instance)
        router.add(middleware: NamedPeer())
        counter.addRoutes(to: router)
        try await Application(router: router).test(.router) { client in
            try await body(
                CounterFixture(
                    client: client,
                    database: database,
                    inForce: inForce,
                    time: time,
                    noon: noon,
                    clock: clock
                )
            )
        }
        try database.close()
    }

    static func cashier(_ id: String, _ name: String, hash: String = hash, routers: String = "r1") -> String {
        #"{"id":"\#(id)","name":"\#(name)","pin_hash":"\#(hash)","router_ids":["\#(routers)"]}"#
    }

    static func reseller(_ id: String, _ name: String, basisPoints: Int = 2_000, more: String = "") -> String {
        #"{"id":"\#(id)","name":"\#(name)","commission_bp":\#(basisPoints)\#(more)}"#
    }

    /// The site of the tests with people who sell there.
    static func site(
        cashiers: [String],
        resellers: [String] = [],
        priceCents: Int = 1_500,
        sellsHours: Bool = true,
        more: String = ""
    ) throws -> SiteSnapshot {
        let hour = #"""
            {"id":1,"name":"1 hora","price_cents":\#(priceCents),"duration_seconds":3600,"clock":"corrido",
             "mikrotik_profile":"1h","position":1,"featured":false,"active":\#(sellsHours)}
            """#
        let json = #"""
            {"format_version":1,"snapshot_version":1,"issued_at":"2026-11-22T00:00:00Z",
             "empresa":{"id":"emp_1","name":"WiFi Ejemplo","support_contact":"55 1234 5678"},
             "site":{"id":"site_1","name":"Tienda Centro","time_zone":"America/Mexico_City"},
             "routers":[{"id":"r1","name":"hAP centro","api_keys":[],
               "api":{"host":"127.0.0.1","port":1,"username":"fichas","password":"secreto"}}],
             "products":[\#(hour)],"cashiers":[\#(cashiers.joined(separator: ","))],
             "resellers":[\#(resellers.joined(separator: ","))]\#(more.isEmpty ? "" : "," + more)}
            """#
        return try SiteSnapshot(json: Data(json.utf8))
    }

    /// Another document comes into force.
    func activate(_ site: SiteSnapshot) throws {
        inForce.activate(try inForce.prepare(site))
    }

    /// Somebody in front of a browser, signed in.
    func signIn(_ id: String = "usr_ana", from address: String = "192.168.1.10") async throws -> CounterVisitor {
        let visitor = CounterVisitor(client: client, address: address)
        let answer = try await visitor.post("/mostrador/entrar", ["cajero": id, "pin": Self.pin])
        #expect(answer.location == "/mostrador", "\(answer.body)")
        let cookie = try #require(answer.headers[.setCookie])
        return CounterVisitor(client: client, address: address, cookie: String(cookie.prefix { $0 != ";" }))
    }

    // MARK: The disk

    func count(_ table: String) async throws -> Int {
        try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// The kinds of the events for the centre, in order.
    func kinds() async throws -> [String] {
        try await database.read { try String.fetchAll($0, sql: "SELECT kind FROM outbox ORDER BY seq") }
    }

    func event<Event: Decodable & Sendable>(_ kind: String, as type: Event.Type = Event.self) async throws -> Event {
        let body = try await database.read { db in
            try Data.fetchOne(db, sql: "SELECT body FROM outbox WHERE kind = ? ORDER BY seq DESC", arguments: [kind])
        }
        return try JSONDecoder().decode(Event.self, from: try #require(body))
    }

    func ficha(_ code: FichaCode?) async throws -> Ficha {
        let code = try #require(code)
        return try #require(try await FichaStore(database: database).ficha(code))
    }
}

/// Gives requests without a socket the address their visitor is said to have.
private struct NamedPeer: RouterMiddleware {
    typealias Context = AppRequestContext

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.peerAddress = request.headers[.from]
        return try await next(request, context)
    }
}
