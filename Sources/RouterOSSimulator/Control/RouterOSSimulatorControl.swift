import FoundationEssentials
import Hummingbird
public import Logging
import NIOCore
import RouterOS
public import ServiceLifecycle
import Shared

/// The loopback HTTP port that moves a simulated router about: devices, clock, faults, and what truly happened.
/// `docs/simuladores.md` describes it.
public struct RouterOSSimulatorControl: Service {
    private let router: RouterOSSimulator
    private let routerOSPort: Int
    private let port: Int
    private let logger: Logger
    private let onRunning: @Sendable (Int) -> Void

    /// Port 0 is any free one; `onRunning` is told which.
    public init(
        _ router: RouterOSSimulator,
        routerOSPort: Int,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.router = router
        self.routerOSPort = routerOSPort
        self.port = port
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until graceful shutdown or cancellation. Throws when the port is taken.
    public func run() async throws {
        let application = Application(
            router: routes(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { onRunning($0.localAddress?.port ?? port) },
            logger: logger
        )
        try await application.run()
    }

    private func routes() -> Router<BasicRequestContext> {
        let routes = Router()
        addTruth(to: routes)
        addDevices(to: routes)
        addTrouble(to: routes)
        return routes
    }

    // MARK: What there is

    private func addTruth(to routes: Router<BasicRequestContext>) {
        routes.get("/") { [router, routerOSPort] _, _ in
            let status = ControlMessages.Status(
                version: "\(router.version)",
                routerosPort: routerOSPort,
                now: router.now
            )
            return try Self.json(status)
        }
        routes.get("/tables") { [router] _, _ in try Self.json(router.tables) }
        routes.get("/ledger") { [router] _, _ in try Self.json(router.ledger) }
        routes.post("/reset") { [router] _, _ in
            router.reset()
            return HTTPResponse.Status.noContent
        }
        routes.post("/console") { [router] request, _ in
            let console: ControlMessages.Console = try await Self.body(of: request)
            guard !console.words.isEmpty, !console.words.contains("") else {
                throw HTTPError(.badRequest, message: "words must not be empty")
            }
            let replies = router.console(console.sentence).map { $0.words.map(\.text) }
            return try Self.json(ControlMessages.ConsoleReplies(replies: replies))
        }
    }

    // MARK: Devices and time

    private func addDevices(to routes: Router<BasicRequestContext>) {
        routes.post("/clock/advance") { [router] request, _ in
            let advance: ControlMessages.Advance = try await Self.body(of: request)
            guard advance.seconds >= 0, advance.seconds < 1e9 else {
                throw HTTPError(.badRequest, message: "seconds must not be negative")
            }
            router.advance(by: .seconds(advance.seconds))
            return HTTPResponse.Status.noContent
        }
        routes.post("/phones") { [router] request, _ in
            let phone: Phone = try await Self.body(of: request)
            router.join(phone)
            return HTTPResponse.Status.noContent
        }
        routes.delete("/phones/:mac") { [router] _, context in
            router.leave(try Self.mac(context))
            return HTTPResponse.Status.noContent
        }
        routes.post("/phones/:mac/traffic") { [router] request, context in
            let traffic: ControlMessages.Traffic = try await Self.body(of: request)
            router.traffic(try Self.mac(context), bytesIn: traffic.bytesIn, bytesOut: traffic.bytesOut)
            return HTTPResponse.Status.noContent
        }
        routes.post("/phones/:mac/sign-in") { [router] request, context in
            let login: ControlMessages.SignIn = try await Self.body(of: request)
            let error = router.signIn(try Self.mac(context), user: login.user, password: login.password)
            return try Self.json(ControlMessages.SignedIn(error: error))
        }
        routes.post("/phones/:mac/sign-out") { [router] _, context in
            router.signOut(try Self.mac(context))
            return HTTPResponse.Status.noContent
        }
    }

    // MARK: Trouble

    private func addTrouble(to routes: Router<BasicRequestContext>) {
        routes.get("/faults") { [router] _, _ in try Self.json(router.faults.map(FaultMessage.init)) }
        routes.post("/faults") { [router] request, _ in
            let message: FaultMessage = try await Self.body(of: request)
            router.add(message.fault)
            return HTTPResponse.Status.noContent
        }
        routes.delete("/faults") { [router] _, _ in
            router.clearFaults()
            return HTTPResponse.Status.noContent
        }
        routes.put("/latency") { [router] request, _ in
            let latency: ControlMessages.Latency = try await Self.body(of: request)
            router.setLatency(.milliseconds(latency.milliseconds))
            return HTTPResponse.Status.noContent
        }
        routes.put("/max-sessions") { [router] request, _ in
            let maximum: ControlMessages.MaxSessions = try await Self.body(of: request)
            router.setMaxSessions(maximum.count)
            return HTTPResponse.Status.noContent
        }
        routes.post("/reboot") { [router] request, _ in
            let down: ControlMessages.Advance = try await Self.body(of: request)
            router.reboot(downFor: .seconds(down.seconds))
            return HTTPResponse.Status.noContent
        }
    }

    // MARK: Bodies

    private static func mac(_ context: BasicRequestContext) throws -> MACAddress {
        guard let mac = MACAddress(try context.parameters.require("mac")) else {
            throw HTTPError(.badRequest, message: "not a MAC address")
        }
        return mac
    }

    private static func body<Body: Decodable>(of request: Request) async throws -> Body {
        let bytes = try await request.body.collect(upTo: 256 * 1_024)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(Body.self, from: Data(bytes.readableBytesView))
        } catch {
            throw HTTPError(.badRequest, message: "\(error)")
        }
    }

    private static func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value)))
        )
    }
}
