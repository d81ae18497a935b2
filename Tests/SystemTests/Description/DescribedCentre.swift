import Foundation
import TestSupport
import Testing

/// The real centre with an empresa that has one of everything, and who may ask what of it. Every answer on the way there
/// is held against `docs/api/centro.yaml`.
struct DescribedCentre {
    private static let password = "tres gatos verdes"

    let http: PlainHTTP
    private let log = ExchangeLog()

    /// Where it listens, without a path.
    let address: String
    private(set) var superAdmin = ""
    private(set) var clienteAdmin = ""
    /// A box's credential.
    private(set) var box = ""

    /// Starts a centre, fills it, runs `body`, and stops it.
    ///
    /// - Parameter body: May stop the program itself.
    static func run(_ body: (DescribedCentre, RunningProgram) async throws -> Void) async throws {
        let folder = try TemporaryDirectory()
        let program = try RunningProgram(
            RunningProgram.built("central-sync"),
            ["serve"],
            environment: [
                "DATABASE_URL": "sqlite://" + folder.path("centre.sqlite"), "FICHAS_LISTEN": "127.0.0.1:0",
                "JWT_APIKEY_SECRET": "6Zr2kQv9yXb4Nw7mTc1LdHs8PfGa3JuE",
                "JWT_SESSION_SECRET": "Vt5hYq0oRz6CxBn2KeWj9iMl4UpSgD7a",
                "SUPER_ADMIN_INITIAL_EMAIL": "root@centro.mx", "SUPER_ADMIN_INITIAL_PASSWORD": password,
                // Nobody listens there, so that no key is known.
                "FICHAS_CONEKTA_URL": "http://127.0.0.1:1",
            ]
        )
        let line = try await program.line(containing: "the centre answers")
        let port = try #require(line.firstMatch(of: /"port":"(\d+)"/).flatMap { UInt16($0.output.1) })
        var centre = DescribedCentre(http: PlainHTTP(port: port), address: "http://127.0.0.1:\(port)")
        try await centre.fill()
        try await body(centre, program)
        #expect(try await program.stop() == 0)
        withExtendedLifetime(folder) {}
        try await centre.log.check(against: "centro.yaml")
    }

    private init(http: PlainHTTP, address: String) {
        self.http = http
        self.address = address
    }

    // MARK: One of everything

    private mutating func fill() async throws {
        superAdmin = try await firstLogin("root@centro.mx", Self.password)
        let empresa = try await make("/admin/empresas", ["name": "WiFi Ejemplo"])
        let id = try #require(empresa["id"] as? String)
        let person: [String: Any] = [
            "email": "ana@wifi.mx", "name": "Ana", "role": "cliente_admin", "empresa_id": id, "password": Self.password,
        ]
        _ = try await make("/admin/usuarios", person)
        clienteAdmin = try await firstLogin("ana@wifi.mx", Self.password)
        let cashier = try await make(
            "/admin/usuarios",
            ["email": "lupe@wifi.mx", "name": "Lupe", "role": "cajero", "empresa_id": id]
        )
        let pin = "/mi-empresa/usuarios/\(try #require(cashier["id"] as? String))/pin"
        #expect(try await ask("PUT", pin, ["pin": "482916"], token: clienteAdmin).status == 200)
        #expect(try await ask("PUT", pin, ["pin": "1234"], token: clienteAdmin).status == 422)
        let router: [String: Any] = [
            "name": "hAP", "api": ["host": "192.168.88.1", "username": "fichas", "password": "secreto"],
        ]
        let made = try await make("/admin/empresas/\(id)/routers", router)
        let code = try #require((made["enrolment"] as? [String: Any])?["code"] as? String)
        let enrolment = [
            "code": code, "incarnation": String(repeating: "a", count: 32), "software_version": "1.0",
        ]
        box = try #require(try await make("/sync/enroll", enrolment)["credential"] as? String)
        let product: [String: Any] = [
            "name": "24 horas", "price_cents": 2_500, "duration_seconds": 86_400, "clock": "corrido",
            "mikrotik_profile": "24h", "details": ["velocidad": "5 Mbps"],
        ]
        _ = try await make("/products?empresa_id=\(id)", product)
        try await look(at: id)
    }

    /// What a box says and hears, and what people see of it.
    private func look(at empresaID: String) async throws {
        let time = "2026-11-22T18:00:00.000Z"
        #expect(try await poll(applied: 0, wait: 0).status == 200)
        let batch: [String: Any] = [
            "epoch": 1, "incarnation": String(repeating: "a", count: 32), "from_seq": 1, "sent_at": time,
            "previous_hash": String(repeating: "0", count: 64), "events": ["nonsense"],
        ]
        #expect(try await ask("POST", "/sync/events", batch, token: box).status == 200)
        let gap = batch.merging(["from_seq": 9]) { $1 }
        #expect(try await ask("POST", "/sync/events", gap, token: box).status == 409)
        let paths = [
            "/admin/boxes", "/admin/dashboard?period=month", "/admin/audit", "/admin/audit/verification",
            "/admin/usuarios", "/healthz",
        ]
        for path in paths { #expect(try await ask("GET", path, nil, token: superAdmin).status == 200) }
        for path in [
            "/mi-empresa", "/mi-empresa/slips", "/mi-empresa/cortes", "/mi-empresa/dashboard", "/products", "/auth/me",
            "/admin/empresas/\(empresaID)/routers",
        ] {
            #expect(try await ask("GET", path, nil, token: clienteAdmin).status == 200)
        }
    }

    /// - Parameter wait: In seconds.
    func poll(applied: Int, wait: Int) async throws -> PlainHTTP.Answer {
        let time = "2026-11-22T18:00:00.000Z"
        let report: [String: Any] = [
            "software_version": "1.0", "started_at": time, "unsynced_events": 0, "purchases_in_doubt": 0,
            "purchases_for_attention": 0, "routers": [["id": "rtr_1", "connected": true]],
        ]
        let body: [String: Any] = [
            "applied_version": applied, "wait_seconds": wait, "sent_at": time, "report": report, "results": [],
        ]
        return try await ask("POST", "/sync/poll", body, token: box)
    }

    /// A session of somebody who had to change their password first.
    private func firstLogin(_ email: String, _ password: String) async throws -> String {
        let next = "cuatro perros azules"
        let first = try await make("/auth/login", ["email": email, "password": password], status: 200)
        let token = try #require(first["access_token"] as? String)
        let change = ["current_password": password, "new_password": next]
        #expect(try await ask("POST", "/auth/password", change, token: token).status == 204)
        return token
    }

    private func make(_ path: String, _ body: [String: Any], status: Int = 201) async throws -> [String: Any] {
        let answer = try await ask("POST", path, body, token: superAdmin.isEmpty ? nil : superAdmin)
        #expect(answer.status == status, "\(path) \(String(decoding: answer.body, as: UTF8.self))")
        return try #require(try JSONSerialization.jsonObject(with: answer.body) as? [String: Any])
    }

    func ask(
        _ method: String,
        _ path: String,
        _ body: [String: Any]?,
        token: String?
    ) async throws -> PlainHTTP.Answer {
        let answer = try await http.exchange(
            method,
            path,
            accept: "application/json",
            headers: token.map { ["Authorization": "Bearer " + $0] } ?? [:],
            body: try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
        )
        log.add(method, path, status: answer.status, headers: answer.headers, body: answer.body)
        return answer
    }
}
