import Foundation
import TestSupport
import Testing

/// A centre, a box enrolled there as an installer does it, and both simulators: the real programs, over real sockets.
final class EnrolledSite {
    let conekta: SimulatorControl
    let router: SimulatorControl
    let centre: RunningCentre
    private(set) var box: RunningProgram
    private(set) var empresaID = ""
    private(set) var routerID = ""
    private(set) var apiKey = ""
    let conektaURL: String
    let folder: TemporaryDirectory
    private let boxSettings: [String: String]
    private let simulators: [RunningProgram]
    private var boxHTTP: PlainHTTP
    private(set) var token = ""

    /// Starts everything, runs `body`, and stops what still runs.
    ///
    /// - Parameter databaseURL: The centre's; nil for a SQLite file of its own.
    static func run(databaseURL: String? = nil, _ body: (EnrolledSite) async throws -> Void) async throws {
        let site = try await EnrolledSite(databaseURL)
        try await body(site)
        for program in [site.box, site.centre.program] + site.simulators { #expect(try await program.stop() == 0) }
    }

    private init(_ databaseURL: String?) async throws {
        let folder = try TemporaryDirectory()
        self.folder = folder
        let simulator = RunningProgram.built("simulator")
        let conekta = try RunningProgram(simulator, ["conekta", "--port", "0", "--control-port", "0"])
        let profiles = ["--profile", "1h", "--profile", "24h"]
        let router = try RunningProgram(
            simulator,
            ["routeros", "--port", "0", "--control-port", "0", "--password", "secreto"] + profiles
        )
        simulators = [conekta, router]
        let conektaLine = try await conekta.line(containing: "control_port=")
        let routerLine = try await router.line(containing: "control_port=")
        self.conekta = SimulatorControl(try Self.address(try Self.number("control_port", in: conektaLine)))
        self.router = SimulatorControl(try Self.address(try Self.number("control_port", in: routerLine)))
        let conektaURL = try Self.address(try Self.number("port", in: conektaLine)).absoluteString
        self.conektaURL = conektaURL
        centre = try await RunningCentre(
            databaseURL: databaseURL ?? "sqlite://" + folder.path("centre.sqlite"),
            conektaURL: conektaURL
        )
        boxHTTP = PlainHTTP(port: centre.port)
        box = centre.program
        boxSettings = [
            "FICHAS_DATABASE": folder.path("box.sqlite"), "FICHAS_LISTEN": "127.0.0.1:0",
            "FICHAS_CONEKTA_URL": conektaURL,
            "FICHAS_PORTAL_DIRECTORY": RunningProgram.package.appending(path: "portal-html").path(
                percentEncoded: false
            ),
        ]
        let code = try await fill(routerPort: try Self.number("port", in: routerLine))
        let enrolment = try await boxCommand(["enroll", code, "--centre", centre.url])
        #expect(enrolment.status == 0, "\(enrolment.lines)")
        try await startBox()
        try await self.router.post("phones", ["mac": RunningSite.phoneMACAddress, "ip": "127.0.0.1"])
    }

    /// An empresa with keys, a router and one ficha.
    ///
    /// - Returns: The code for the box.
    private func fill(routerPort: Int) async throws -> String {
        token = try await centre.firstLogin()
        empresaID = try #require(try await ask("POST", "/admin/empresas", ["name": "WiFi Ejemplo"]).text("id"))
        try await sell("1 hora", cents: 1_000, profile: "1h")
        let keys = ["public_key": "key_publica_de_prueba_01", "private_key": "key_privada_de_prueba_01"]
        let tag = try await ask("GET", "/mi-empresa?empresa_id=\(empresaID)").headers["etag"] ?? ""
        let path = "/mi-empresa/conekta-config?empresa_id=\(empresaID)"
        #expect(try await ask("PUT", path, keys, headers: ["If-Match": tag]).status == 200)
        let api: [String: Any] = [
            "host": "127.0.0.1", "port": routerPort, "username": "fichas", "password": "secreto",
        ]
        let made = try await ask("POST", "/admin/empresas/\(empresaID)/routers", ["name": "hAP", "api": api])
        routerID = try #require(made.text("router", "id"))
        apiKey = try #require(made.text("api_key", "api_key"))
        return try #require(made.text("enrolment", "code"))
    }

    // MARK: At the centre

    /// Where its database is, unless it was given one.
    var centreDatabase: String { folder.path("centre.sqlite") }

    /// The sessions from before are over.
    func loginAgain() async throws {
        token = try await centre.login()
    }

    /// Puts a ficha on sale.
    func sell(_ name: String, cents: Int, profile: String) async throws {
        let product: [String: Any] = [
            "name": name, "price_cents": cents, "duration_seconds": 3_600, "clock": "corrido",
            "mikrotik_profile": profile,
        ]
        #expect(try await ask("POST", "/products?empresa_id=\(empresaID)", product).status == 201)
    }

    /// A super admin's request.
    func ask(
        _ method: String,
        _ path: String,
        _ body: [String: Any]? = nil,
        headers: [String: String] = [:]
    ) async throws -> BoxAPI.Answer {
        try await centre.ask(method, path, body, token: token, headers: headers)
    }

    // MARK: At the box

    /// Where its database is.
    var boxDatabase: String { folder.path("box.sqlite") }

    /// Returns when it sells.
    func startBox() async throws {
        box = try RunningProgram(RunningProgram.built("edge-agent"), ["serve"], environment: boxSettings)
        boxHTTP = PlainHTTP(port: try Self.port(in: try await box.line(containing: "the box sells")))
        try await box.line(containing: "router connected")
    }

    /// Runs another command of the program beside it.
    func boxCommand(_ arguments: [String]) async throws -> (status: Int32, lines: [String]) {
        let program = try RunningProgram(RunningProgram.built("edge-agent"), arguments, environment: boxSettings)
        return (try await program.exitStatus(), program.lines)
    }

    func atBox(_ method: String, _ path: String, _ body: [String: Any]? = nil) async throws -> BoxAPI.Answer {
        let answer = try await boxHTTP.exchange(
            method,
            path,
            accept: "application/json",
            headers: ["X-API-Key": apiKey],
            body: try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
        )
        return BoxAPI.Answer(status: answer.status, headers: answer.headers, body: answer.body)
    }

    /// Buys the first ficha by card.
    func buy() async throws -> BoxAPI.Answer {
        try await atBox(
            "POST",
            "/payments/pagar-conekta",
            [
                "product_id": 1, "card_token": try await conekta.cardToken(),
                "customer_name": "Ana Pérez", "customer_email": "ana@example.mx",
            ]
        )
    }

    // MARK: Reading logs

    private static func number(_ name: String, in line: String) throws -> Int {
        let word = line.split(separator: " ").first { $0.hasPrefix(name + "=") }
        return try #require(word.flatMap { Int($0.dropFirst(name.count + 1)) })
    }

    private static func port(in line: String) throws -> UInt16 {
        try #require(line.firstMatch(of: /"port":"(\d+)"/).flatMap { UInt16($0.output.1) })
    }

    private static func address(_ port: Int) throws -> URL {
        try #require(URL(string: "http://127.0.0.1:\(port)"))
    }
}
