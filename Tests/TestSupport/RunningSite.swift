public import Foundation
import FoundationNetworking
import Shared
import Synchronization

/// A whole site on this machine: the box and both simulators as processes, with a folder of their own.
///
/// What tests believe about money and users is the simulators' ledgers, never the box's answers.
public final class RunningSite: Sendable {
    /// How the site differs from one that sells everything.
    public struct Options: Sendable {
        /// False leaves the Conekta keys out of the site document.
        public var takesCards = true
        /// False leaves the people who sell for cash out of it.
        public var hasCounter = true
        /// One more key of the router, which was valid until 2020.
        public var expiredAPIKey: String?
        /// Where Conekta's answers say its pages are, such as the bank's; where they truly are unless given.
        public var conektaPublicAddress: String?
        /// What the box runs under, such as `strace` with its options.
        public var boxTracer: [String] = []
        /// The port of a receipt printer of the site on this machine, with a cash drawer.
        public var printerPort: UInt16?
        /// Further settings of the box, `FICHAS_…`.
        public var environment: [String: String] = [:]

        public init() {}
    }

    /// The phone the tests' browser is to the simulated router.
    public static let phoneMACAddress = "02:00:00:00:00:01"
    public static let routerID = "r1"
    /// What `Lupe` and `Memo` type at the counter.
    public static let pin = "482916"
    /// A key of the router, as a portal of its own would send it.
    public static let apiKey = "jwt_prueba.de.navegador"

    /// Where the portal and the API are; another place after each restart of the box.
    public var address: URL { box.withLock { $0.address } }
    public let conekta: SimulatorControl
    public let router: SimulatorControl
    /// Conekta's API as browsers reach it.
    public let conektaAddress: URL

    private let folder: TemporaryDirectory
    private let simulators: [RunningProgram]
    private let settings: [String: String]
    private let boxTracer: [String]
    private let box: Mutex<Box>

    private struct Box: Sendable {
        let program: RunningProgram
        let address: URL
    }

    private init(
        folder: TemporaryDirectory,
        simulators: [RunningProgram],
        settings: [String: String],
        boxTracer: [String],
        box: Box,
        conektaAddress: URL,
        conekta: SimulatorControl,
        router: SimulatorControl
    ) {
        self.folder = folder
        self.simulators = simulators
        self.settings = settings
        self.boxTracer = boxTracer
        self.box = Mutex(box)
        self.conektaAddress = conektaAddress
        self.conekta = conekta
        self.router = router
    }

    /// Starts a site, runs `body` with it, and stops it, however `body` ends.
    ///
    /// - Throws: What `body` throws; `RunningProgram.Failure` when a program does not start or does not end cleanly.
    public static func run<Result: Sendable>(
        _ options: Options = Options(),
        _ body: (RunningSite) async throws -> Result
    ) async throws -> Result {
        let site = try await start(options)
        do {
            let result = try await body(site)
            try await site.stop()
            return result
        } catch {
            try? await site.stop()
            throw error
        }
    }

    /// An address on the site, such as `/r/r1`.
    public func url(_ path: String) -> String { address.absoluteString + path }

    // MARK: Starting

    private static func start(_ options: Options) async throws -> RunningSite {
        let folder = try TemporaryDirectory()
        let simulator = RunningProgram.built("simulator")
        let conekta = try RunningProgram(
            simulator,
            ["conekta", "--port", "0", "--control-port", "0"]
                + (options.conektaPublicAddress.map { ["--public-url", $0] } ?? [])
        )
        let router = try RunningProgram(
            simulator,
            [
                "routeros", "--port", "0", "--control-port", "0", "--password", "secreto", "--profile", "1h",
                "--profile", "24h", "--profile", "7d",
            ]
        )
        let conektaPorts = try Ports(try await conekta.line(containing: "control_port="))
        let routerPorts = try Ports(try await router.line(containing: "control_port="))
        let document = try siteDocument(routerPort: routerPorts.main, options)
        try document.write(to: folder.url.appending(path: "site.json"))
        let settings = [
            "FICHAS_SITE_FILE": folder.path("site.json"), "FICHAS_DATABASE": folder.path("box.sqlite"),
            "FICHAS_LISTEN": "127.0.0.1:0",
            "FICHAS_PORTAL_DIRECTORY": RunningProgram.package.appending(path: "portal-html").path(
                percentEncoded: false
            ),
            "FICHAS_CONEKTA_URL": "http://127.0.0.1:\(conektaPorts.main)",
            "FICHAS_TOKENIZER_URL": "http://127.0.0.1:\(conektaPorts.main)/v1.0/js/conekta-checkout.min.js",
        ]
        .merging(options.environment) { $1 }
        let site = RunningSite(
            folder: folder,
            simulators: [conekta, router],
            settings: settings,
            boxTracer: options.boxTracer,
            box: try await startBox(settings, under: options.boxTracer),
            conektaAddress: try local(port: conektaPorts.main),
            conekta: SimulatorControl(try local(port: conektaPorts.control)),
            router: SimulatorControl(try local(port: routerPorts.control))
        )
        try await site.router.post("phones", ["mac": phoneMACAddress, "ip": "127.0.0.1"])
        return site
    }

    private static func startBox(_ settings: [String: String], under tracer: [String]) async throws -> Box {
        let box = RunningProgram.built("edge-agent")
        let program =
            tracer.isEmpty
            ? try RunningProgram(box, ["serve"], environment: settings)
            : try RunningProgram(
                URL(filePath: "/usr/bin/env"),
                tracer + [box.path(percentEncoded: false), "serve"],
                environment: settings
            )
        let line = try await program.line(containing: "the box sells")
        try await program.line(containing: "router connected")
        return Box(program: program, address: try address(in: line))
    }

    /// Ends the box as a power cut would, and starts it again on what its disk holds.
    public func killAndRestartBox() async throws {
        await box.withLock { $0.program }.killNow()
        let next = try await Self.startBox(settings, under: boxTracer)
        box.withLock { $0 = next }
    }

    /// Puts another key in the place of ``apiKey`` in the site document. The box reads it when it starts.
    public func replaceAPIKey(with key: String) throws {
        let file = folder.url.appending(path: "site.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacingOccurrences(
            of: SHA256Digest(of: Self.apiKey).hexadecimal,
            with: SHA256Digest(of: key).hexadecimal
        ).write(to: file, atomically: true, encoding: .utf8)
    }

    /// All the box wrote since its last start.
    public var boxLines: [String] { box.withLock { $0.program }.lines }

    /// The first line of the box since its last start that `matches`, as soon as it is there; nil when the time is over.
    ///
    /// - Parameter count: So many lines from the beginning are not looked at.
    public func boxLine(
        afterFirst count: Int = 0,
        within limit: Duration = .seconds(30),
        where matches: @escaping @Sendable (String) -> Bool
    ) async -> String? {
        await box.withLock { $0.program }.line(afterFirst: count, within: limit, where: matches)
    }

    private func stop() async throws {
        for program in [box.withLock { $0.program }] + simulators {
            let status = try await program.stop()
            guard status == 0 else {
                let last = program.lines.suffix(20).joined(separator: "\n")
                throw RunningProgram.Failure(description: "a program ended with \(status); it wrote:\n\(last)")
            }
        }
    }

    private struct Ports {
        let main: Int
        let control: Int

        /// From the simulators' line `… control_port=9728 port=8728 …`.
        init(_ line: String) throws {
            func number(_ name: String) -> Int? {
                line.split(separator: " ").first { $0.hasPrefix(name + "=") }
                    .flatMap { Int($0.dropFirst(name.count + 1)) }
            }
            guard let main = number("port"), let control = number("control_port") else {
                throw RunningProgram.Failure(description: "no ports in: \(line)")
            }
            self.main = main
            self.control = control
        }
    }

    private static func address(in line: String) throws -> URL {
        guard let host = line.firstMatch(of: /"host":"([\d.]+)"/)?.output.1,
            let port = line.firstMatch(of: /"port":"(\d+)"/)?.output.1,
            let url = URL(string: "http://\(host):\(port)")
        else { throw RunningProgram.Failure(description: "no address in: \(line)") }
        return url
    }

    private static func local(port: Int) throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)") else {
            throw RunningProgram.Failure(description: "no address with port \(port)")
        }
        return url
    }

    // MARK: The site document

    /// With the hash of ``pin``, as cheap as can be.
    private static let cashiers: [[String: any Sendable]] = ["Lupe", "Memo"].map { name in
        [
            "id": "usr_" + name.lowercased(), "name": name, "router_ids": [routerID],
            "pin_hash": "$scrypt$ln=4,r=1,p=1$AAECAwQFBgcICQoLDA0ODw$qReYSIiP0y9tXU8FK9_xHUWBVX7hEBtM-9B4Xc0EV-s",
        ]
    }

    private static func siteDocument(routerPort: Int, _ options: Options) throws -> Data {
        func key(_ id: String, _ text: String, _ expiry: String) -> [String: String] {
            ["id": id, "sha256": SHA256Digest(of: text).hexadecimal, "expires_at": expiry]
        }
        let expired = options.expiredAPIKey.map { [key("k0", $0, "2020-01-01T00:00:00Z")] } ?? []
        func product(_ id: Int, _ name: String, _ cents: Int, _ seconds: Int, _ profile: String) -> [String: Any] {
            [
                "id": id, "name": name, "price_cents": cents, "duration_seconds": seconds, "clock": "corrido",
                "mikrotik_profile": profile, "position": id, "featured": id == 2, "active": true,
            ]
        }
        var document: [String: Any] = [
            "format_version": 1, "snapshot_version": 1, "issued_at": "2026-11-22T16:00:00Z",
            "empresa": ["id": "e1", "name": "WiFi Don Chuy", "support_contact": "951 123 4567"],
            "site": ["id": "s1", "name": "Plaza San Juan", "time_zone": "America/Mexico_City"],
            "routers": [
                [
                    "id": routerID, "name": "Plaza San Juan",
                    "api": ["host": "127.0.0.1", "port": routerPort, "username": "fichas", "password": "secreto"],
                    "api_keys": expired + [key("k1", apiKey, "2099-01-01T00:00:00Z")],
                ] as [String: Any]
            ],
            "products": [
                product(1, "1 hora", 1_000, 3_600, "1h"), product(2, "24 horas", 2_500, 86_400, "24h"),
                product(3, "1 semana", 9_000, 604_800, "7d"),
            ],
        ]
        if options.hasCounter { document["cashiers"] = cashiers }
        if let port = options.printerPort {
            document["slips"] = ["wifi_name": "Plaza San Juan", "lines": ["¡Gracias por tu compra!"]]
            document["printers"] = [
                [
                    "id": "p1", "name": "Caja", "address": "127.0.0.1:\(port)", "paper": "58",
                    "opens_drawer": true,
                ] as [String: any Sendable]
            ]
        }
        if options.takesCards {
            document["conekta"] = [
                "public_key": "key_publica_de_prueba_01", "private_key": "key_privada_de_prueba_01",
            ]
        }
        return try JSONSerialization.data(withJSONObject: document)
    }
}
