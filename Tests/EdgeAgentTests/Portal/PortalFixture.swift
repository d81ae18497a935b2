import ConektaSimulator
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Metrics
import NIOCore
import Outbound
import RouterOS
import RouterOSSimulator
import ServerKit
import Shared
import Store
import TestSupport
import Testing

@testable import Conekta
@testable import EdgeAgent

/// The portal with everything behind it: a database on disk, the purchase runner, the payment client against Conekta's
/// simulator, and the router's client against a simulated router on a socket.
struct PortalFixture: Sendable {
    static let phoneMACAddress = "02:00:00:00:00:01"
    static let phoneAddress = "10.5.50.20"

    let client: any TestClientProtocol
    let conekta: ConektaCore
    let router: RouterOSSimulator
    let guardian: CardTestingGuard
    let wayOut: WayOut
    let runner: PurchaseRunner
    let fichas: FichaDesk

    static func phone() throws -> Phone {
        Phone(mac: try #require(MACAddress(phoneMACAddress)), ip: try #require(IPv4Address(phoneAddress)))
    }

    /// Runs `body` as a phone on the hotspot.
    static func run(
        site make: (_ routerPort: Int) throws -> SiteSnapshot = { try .forTests(routerPort: $0) },
        peerAddress: String? = phoneAddress,
        _ body: @escaping @Sendable (PortalFixture) async throws -> Void
    ) async throws {
        let router = RouterOSSimulator(
            configuration: SimulatorConfiguration(
                users: [APIUser(name: "fichas", password: Secret("secreto"))],
                userProfiles: ["1h", "24h"]
            ),
            start: WallClock.system.now
        )
        router.join(try phone())
        try await withRouterOSSimulatorServer(router) { server in
            let folder = try TemporaryDirectory()
            let parts = try await Parts(site: make(server.port), router: router, folder: folder)
            try await parts.run(peerAddress: peerAddress, body)
            try parts.database.close()
        }
    }
}

/// What is put together for one test.
private struct Parts: Sendable {
    let router: RouterOSSimulator
    let conekta = ConektaCore(seed: 1)
    let inForce: SiteInForce
    let fleet: RouterFleet
    let database: DurableDatabase
    let runner: PurchaseRunner
    let fichas: FichaDesk
    let guardian = CardTestingGuard()
    let wayOut = WayOut()
    let logger = Logger(label: "portal") { _ in SwiftLogNoOpLogHandler() }

    init(site snapshot: SiteSnapshot, router: RouterOSSimulator, folder: TemporaryDirectory) async throws {
        let logger = logger
        self.router = router
        fleet = RouterFleet(wallClock: .system, logger: logger)
        database = try await BoxDatabase.open(path: folder.path("box.sqlite"))
        let client = ConektaClient(
            configuration: ConektaConfiguration(privateKey: conekta.account.privateKey),
            outbound: DirectConekta(core: conekta),
            logger: logger
        )
        let accounts = ConektaAccounts { _ in client }
        inForce = try SiteInForce(snapshot, fleet: fleet, accounts: accounts, makePages: PortalPages.forTests)
        fichas = FichaDesk(
            store: FichaStore(database: database),
            routers: fleet,
            clock: SiteClock(latest: nil, system: .system),
            logger: logger
        )
        runner = PurchaseRunner(
            store: PurchaseStore(database: database),
            payments: ConektaPayments(accounts: accounts, siteID: "site_1", wayOut: wayOut, logger: logger),
            routers: fleet,
            connector: fichas,
            guardian: guardian,
            wallClock: .system,
            steadyClock: .system,
            logger: logger
        )
    }

    func run(
        peerAddress: String?,
        _ body: @escaping @Sendable (PortalFixture) async throws -> Void
    ) async throws {
        let application = Application(router: try routes(peerAddress: peerAddress))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await fleet.run() }
            group.addTask { try await runner.run() }
            // Waits until each router is connected, or known to be away.
            for id in inForce.site.snapshot.routers.map(\.id) {
                _ = await fleet.macAddress(at: "0.0.0.0", routerID: id)
            }
            try await application.test(.router) { client in
                try await body(
                    PortalFixture(
                        client: client,
                        conekta: conekta,
                        router: router,
                        guardian: guardian,
                        wayOut: wayOut,
                        runner: runner,
                        fichas: fichas
                    )
                )
            }
            group.cancelAll()
        }
    }

    private func routes(peerAddress: String?) throws -> Router<AppRequestContext> {
        let inForce = inForce
        var options = AppRouter.Options(contentSecurityPolicy: inForce.pages.policy.pages)
        options.renderHTML = { inForce.pages.error($0, requestID: $1) }
        let router = AppRouter.make(options: options, metrics: NOOPMetricsHandler.instance)
        router.add(middleware: PeerMiddleware(address: peerAddress))
        let availability = CardAvailability(
            inForce: inForce,
            guardian: guardian,
            wayOut: wayOut,
            routers: fleet,
            database: database
        )
        PortalController(
            inForce: inForce,
            purchases: PurchaseDesk(
                inForce: inForce,
                runner: runner,
                routers: fleet,
                guardian: guardian,
                availability: availability
            ),
            runner: runner,
            routers: fleet,
            fichas: fichas,
            availability: availability,
            limits: ConnectionLimits(),
            wallClock: .system
        ).addRoutes(to: router)
        return router
    }
}

/// Gives requests without a socket the address a phone's would come from.
private struct PeerMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    let address: String?

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.peerAddress = address
        return try await next(request, context)
    }
}

/// The way to Conekta without sockets.
private struct DirectConekta: OutboundTransport {
    let core: ConektaCore

    func send(_ request: OutboundRequest) async -> OutboundOutcome {
        switch core.handle(ConektaRequest(request)).delivery {
        case .answer(let response):
            .answered(OutboundResponse(status: response.status, headers: response.headers, body: Array(response.body)))
        case .cut: .outcomeUnknown(.answerCut)
        case .closed: .outcomeUnknown(.connectionLost)
        case .silence: .outcomeUnknown(.timedOut)
        }
    }
}

extension PortalPages {
    static let tokenizerURL = "https://pay.conekta.com/v1.0/js/conekta-checkout.min.js"

    @Sendable static func forTests(_ site: SiteSnapshot) throws -> PortalPages {
        let folder = RunningProgram.package.appending(path: "portal-html/portal")
        return try PortalPages(directory: folder.path(percentEncoded: false), site: site, tokenizerURL: tokenizerURL)
    }
}

extension PortalFixture {
    func get(_ path: String) async throws -> PortalAnswer {
        PortalAnswer(try await client.execute(uri: path, method: .get, headers: [.accept: "text/html"]))
    }

    func post(_ path: String, _ fields: [String: String] = [:]) async throws -> PortalAnswer {
        let body = fields.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        let headers: HTTPFields = [.accept: "text/html", .contentType: "application/x-www-form-urlencoded"]
        return PortalAnswer(
            try await client.execute(uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
        )
    }

    /// The card page's form, filled in well.
    func cardForm(card: String = "4242424242424242", attempt: String? = nil) async throws -> [String: String] {
        var fields = ["customer_name": "María H", "customer_email": "maria@correo.mx"]
        let token = try #require(conekta.makeToken(cardNumber: card))
        fields["card_token"] = token
        if let attempt {
            fields["intento"] = attempt
        } else {
            fields["intento"] = try await get("/r/r1/comprar/1").value(ofInput: "intento")
        }
        return fields
    }

    /// Buys, and waits for a page that says how it ended.
    func buy(card: String = "4242424242424242") async throws -> (path: String, page: PortalAnswer) {
        let path = try #require(try await post("/r/r1/comprar/1", try await cardForm(card: card)).location)
        return (path, try await settled(path))
    }

    /// The page once it no longer refreshes itself. Each request waits at the server, so this waits for no time itself.
    func settled(_ path: String) async throws -> PortalAnswer {
        for _ in 0..<40 {
            let page = try await get(path)
            if !page.body.contains("http-equiv=\"refresh\"") { return page }
        }
        return try await get(path)
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }
}

/// An answer of the portal.
struct PortalAnswer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: String

    init(_ response: TestResponse) {
        status = response.status
        headers = response.headers
        body = String(buffer: response.body)
    }

    var location: String? { headers[.location] }

    /// What stands in an input of that name.
    func value(ofInput name: String) -> String? {
        guard let start = body.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(body[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The code on the page, without its spaces.
    var code: FichaCode? {
        guard let start = body.range(of: "class=\"code"), let open = body[start.upperBound...].firstIndex(of: ">"),
            let end = body[open...].range(of: "</p>")
        else { return nil }
        return FichaCode(digits: body[open..<end.lowerBound].filter(\.isNumber))
    }
}
