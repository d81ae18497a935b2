import HTTPTypes
import Shared
import Testing

@testable import CentralSync

/// Every route × every role × own and foreign things × every token that is not good.
///
/// Who adds a route adds it here: a route that is not in the table fails.
@Suite struct AccessTableTests {
    static let table: [String: AccessRule] = [
        "POST /auth/login": .open,
        "POST /auth/refresh": .open,
        "POST /auth/logout": .signedIn,
        // Boxes show a credential of their own: `SyncAccessTests`.
        "POST /sync/enroll": .open,
        "POST /sync/poll": .open,
        "POST /sync/events": .open,
        "POST /sync/epoch": .open,
        "GET /auth/me": .signedIn,
        "POST /auth/password": .signedIn,
        "PUT /auth/pin": .roles([.cajero]),
        "POST /auth/totp": .roles(Set(Role.allCases)),
        "POST /auth/totp/confirm": .roles(Set(Role.allCases)),
        "POST /auth/totp/disable": .roles(Set(Role.allCases)),
        "GET /admin/audit": .roles([.superAdmin]),
        "GET /admin/audit/verification": .roles([.superAdmin]),
        "GET /admin/usuarios": .roles([.superAdmin]),
        "POST /admin/usuarios": .roles([.superAdmin]),
        "GET /admin/usuarios/:usuario_id": .roles([.superAdmin]),
        "PUT /admin/usuarios/:usuario_id": .roles([.superAdmin]),
        "POST /admin/usuarios/:usuario_id/password": .roles([.superAdmin]),
        "PUT /admin/usuarios/:usuario_id/pin": .roles([.superAdmin]),
        "DELETE /admin/usuarios/:usuario_id/totp": .roles([.superAdmin]),
        "GET /admin/empresas": .roles([.superAdmin]),
        "POST /admin/empresas": .roles([.superAdmin]),
        "GET /admin/empresas/:empresa_id": .empresa([.superAdmin]),
        "PUT /admin/empresas/:empresa_id": .empresa([.superAdmin]),
        "GET /mi-empresa": .empresa([.superAdmin, .clienteAdmin]),
        "PUT /mi-empresa": .empresa([.superAdmin, .clienteAdmin]),
        "PUT /mi-empresa/conekta-config": .empresa([.superAdmin, .clienteAdmin]),
        "DELETE /mi-empresa/conekta-config": .empresa([.superAdmin, .clienteAdmin]),
        "GET /mi-empresa/slips": .empresa([.superAdmin, .clienteAdmin]),
        "PUT /mi-empresa/slips": .empresa([.superAdmin, .clienteAdmin]),
        "GET /admin/empresas/:empresa_id/sites": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "POST /admin/empresas/:empresa_id/sites": .empresa([.superAdmin, .clienteAdmin]),
        "GET /admin/empresas/:empresa_id/sites/:site_id": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "PUT /admin/empresas/:empresa_id/sites/:site_id": .empresa([.superAdmin, .clienteAdmin]),
        "POST /admin/empresas/:empresa_id/sites/:site_id/enrolment-code": .empresa([
            .superAdmin, .clienteAdmin, .tecnico,
        ]),
        "GET /admin/empresas/:empresa_id/routers": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "POST /admin/empresas/:empresa_id/routers": .empresa([.superAdmin, .clienteAdmin]),
        "GET /admin/empresas/:empresa_id/routers/:router_id": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "PUT /admin/empresas/:empresa_id/routers/:router_id": .empresa([.superAdmin, .clienteAdmin]),
        "POST /routers/:router_id/api-key": .empresa([.superAdmin, .clienteAdmin]),
        "DELETE /routers/:router_id/api-key": .empresa([.superAdmin, .clienteAdmin]),
        "GET /routers/:router_id/mikrotik-profiles": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "POST /routers/:router_id/test-connection": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "GET /products": .empresa([.superAdmin, .clienteAdmin, .cajero]),
        "POST /products": .empresa([.superAdmin, .clienteAdmin]),
        "GET /products/:product_id": .empresa([.superAdmin, .clienteAdmin, .cajero]),
        "PUT /products/:product_id": .empresa([.superAdmin, .clienteAdmin]),
        "DELETE /products/:product_id": .empresa([.superAdmin, .clienteAdmin]),
        "POST /products/reorder": .empresa([.superAdmin, .clienteAdmin]),
        "POST /products/:product_id/feature": .empresa([.superAdmin, .clienteAdmin]),
        "POST /products/:product_id/activate": .empresa([.superAdmin, .clienteAdmin]),
        "GET /admin/boxes": .roles([.superAdmin]),
        "GET /admin/empresas/:empresa_id/boxes": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "GET /admin/empresas/:empresa_id/boxes/:box_id": .empresa([.superAdmin, .clienteAdmin, .tecnico]),
        "POST /admin/empresas/:empresa_id/boxes/:box_id/block": .empresa([.superAdmin, .clienteAdmin]),
        "POST /admin/empresas/:empresa_id/boxes/:box_id/unblock": .empresa([.superAdmin, .clienteAdmin]),
        "GET /admin/dashboard": .roles([.superAdmin]),
        "GET /admin/exports/postgresql": .roles([.superAdmin]),
        "GET /admin/exports/csv/:table": .roles([.superAdmin]),
        "GET /mi-empresa/dashboard": .empresa([.superAdmin, .clienteAdmin]),
        "GET /mi-empresa/cortes": .empresa([.superAdmin, .clienteAdmin]),
        "GET /mi-empresa/revendedores": .empresa([.superAdmin, .clienteAdmin]),
        "POST /mi-empresa/revendedores": .empresa([.superAdmin, .clienteAdmin]),
        "GET /mi-empresa/revendedores/:reseller_id": .empresa([.superAdmin, .clienteAdmin]),
        "PUT /mi-empresa/revendedores/:reseller_id": .empresa([.superAdmin, .clienteAdmin]),
        "GET /mi-empresa/revendedores/:reseller_id/cuenta": .empresa([.superAdmin, .clienteAdmin]),
        "GET /mi-empresa/usuarios": .empresa([.superAdmin, .clienteAdmin]),
        "POST /mi-empresa/usuarios": .empresa([.superAdmin, .clienteAdmin]),
        "GET /mi-empresa/usuarios/:usuario_id": .empresa([.superAdmin, .clienteAdmin]),
        "PUT /mi-empresa/usuarios/:usuario_id": .empresa([.superAdmin, .clienteAdmin]),
        "POST /mi-empresa/usuarios/:usuario_id/password": .empresa([.superAdmin, .clienteAdmin]),
        "PUT /mi-empresa/usuarios/:usuario_id/pin": .empresa([.superAdmin, .clienteAdmin]),
        "DELETE /mi-empresa/usuarios/:usuario_id/totp": .empresa([.superAdmin, .clienteAdmin]),
    ]

    /// What stands for the names in a path: something of `emp_1`, and the same of `emp_2`.
    static let things: [String: (own: String, foreign: String)] = [
        "empresa_id": ("emp_1", "emp_2"),
        "table": ("ventas", "ventas"),
        "router_id": ("rtr_1", "rtr_2"),
        "site_id": ("site_1", "site_2"),
        "box_id": ("box_1", "box_2"),
        "product_id": ("1", "2"),
        "reseller_id": ("rev_1", "rev_2"),
        "usuario_id": (CentralFixture.id(.cajero, "1"), CentralFixture.id(.cajero, "2")),
    ]

    /// Added with the HTTP library itself; open to all, or to this machine.
    static let operations: Set<String> = ["GET /healthz", "GET /metrics"]

    static func path(_ route: RegisteredRoute, foreign: Bool = false) throws -> String {
        try route.path.split(separator: "/").map { part in
            guard part.hasPrefix(":") else { return "/" + part }
            let thing = try #require(things[String(part.dropFirst())], "no example of \(part)")
            return "/" + (foreign ? thing.foreign : thing.own)
        }.joined()
    }

    static func method(_ route: RegisteredRoute) throws -> HTTPRequest.Method {
        try #require(HTTPRequest.Method(rawValue: route.method))
    }

    @Test func `the table and the centre have the same routes, with the same rules`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let registered = Dictionary(
                uniqueKeysWithValues: centre.routes.map { ("\($0.method) \($0.path)", $0.rule) }
            )
            #expect(registered == Self.table)
            let served = Set(centre.served.map { $0.replacing("{", with: ":").replacing("}", with: "") })
            #expect(served == Set(Self.table.keys).union(Self.operations))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `without a good token nothing opens`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            let tokens = try await Self.badTokens(centre)
            for route in centre.routes where route.rule != .open {
                for (name, token, code) in tokens {
                    let answer = try await centre.request(Self.method(route), Self.path(route), token: token)
                    #expect(answer.status == 401, "\(route.method) \(route.path) \(name)")
                    #expect(answer.code == code, "\(route.method) \(route.path) \(name)")
                    #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=\"fichas\"") == true)
                }
            }
        }
    }

    @Test func `asking for the head only is no way around`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            for route in centre.routes where route.method == "GET" {
                let answer = try await centre.request(.head, Self.path(route))
                #expect(answer.status == 401, "\(route.path)")
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `each role opens what the table says`(kind: DatabaseKind) async throws
    {
        try await CentralFixture.run(kind) { centre in
            for route in centre.routes where route.rule != .open {
                for role in Role.allCases {
                    // One of the routes gives people a new password, one ends the session.
                    try await centre.centre.database.write { session in
                        _ = try session.execute("UPDATE usuario SET must_change_password = 0")
                    }
                    let token = try await centre.token(of: role)
                    let named = role == .superAdmin ? "?empresa_id=emp_1" : ""
                    let answer = try await centre.request(Self.method(route), Self.path(route) + named, token: token)
                    let who = "\(route.method) \(route.path) \(role): \(answer.status) \(answer.code)"
                    #expect(answer.status != 401 && answer.status < 500, "\(who)")
                    #expect((answer.status == 403) == !Self.admits(route.rule, role), "\(who)")
                }
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `what is another empresa's does not exist`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            try await Self.addThings(to: centre)
            for route in centre.routes {
                guard case .empresa(let roles) = route.rule else { continue }
                for role in roles where role != .superAdmin {
                    var paths = [try Self.path(route) + "?empresa_id=emp_2", try Self.path(route) + "?empresa_id=no"]
                    if route.path.contains(":") { paths.append(try Self.path(route, foreign: true)) }
                    // Another's thing in one's own empresa is not there either.
                    let mixed = try Self.path(route, foreign: true).replacing("/emp_2", with: "/emp_1")
                    if mixed != (try Self.path(route)) { paths.append(mixed) }
                    for path in paths {
                        let token = try await centre.token(of: role)
                        let answer = try await centre.request(Self.method(route), path, token: token)
                        #expect(answer.status == 404, "\(route.method) \(path) \(role)")
                    }
                }
            }
        }
    }

    @Test func `who belongs to no empresa names one that is there`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .superAdmin)
            for route in centre.routes {
                guard case .empresa(let roles) = route.rule, roles.contains(.superAdmin) else { continue }
                let (method, path) = (try Self.method(route), try Self.path(route))
                if !route.path.contains(":empresa_id") {
                    #expect(try await centre.request(method, path, token: token).code == "empresa_required")
                    #expect(try await centre.request(method, path + "?empresa_id=no", token: token).status == 404)
                }
            }
        }
    }

    @Test func `before the first password is changed only the own account opens`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            try await centre.centre.database.write { session in
                _ = try session.execute("UPDATE usuario SET must_change_password = 1")
            }
            for route in centre.routes where route.rule != .open {
                for role in Role.allCases where Self.admits(route.rule, role) {
                    let token = try await centre.token(of: role)
                    let answer = try await centre.request(Self.method(route), Self.path(route), token: token)
                    let isClosed = answer.code == "password_change_required" && answer.status == 403
                    #expect(isClosed == (route.rule != .signedIn), "\(route.method) \(route.path) \(role)")
                }
            }
        }
    }

    // MARK: Parts

    /// A box, a product and a reseller of each empresa, beside what there always is.
    private static func addThings(to centre: CentralFixture) async throws {
        try await centre.centre.database.write { session in
            for number in ["1", "2"] {
                _ = try Tenants.box(
                    empresa: "emp_" + number,
                    site: "site_" + number,
                    id: "box_" + number,
                    in: session
                )
                try session.execute(
                    """
                    INSERT INTO product (empresa_id, product_id, name, price_cents, currency, duration_seconds, clock,
                        mikrotik_profile, position, is_featured, is_active, is_deleted, version, created_at_ms,
                        updated_at_ms)
                    VALUES ($1, $2, 'p', 1000, 'MXN', 3600, 'corrido', 'default', 1, 0, 1, 0, 1, 0, 0)
                    """,
                    [.text("emp_" + number), .integer(Int64(number) ?? 0)]
                )
                try session.execute(
                    "INSERT INTO reseller VALUES ($1, $2, 'r', NULL, 0, 1, 1, 0, 0)",
                    [.text("emp_" + number), .text("rev_" + number)]
                )
            }
        }
    }

    private static func admits(_ rule: AccessRule, _ role: Role) -> Bool {
        switch rule {
        case .open, .signedIn: true
        case .roles(let roles), .empresa(let roles): roles.contains(role)
        }
    }

    /// Each with its name and the code it is refused with.
    private static func badTokens(_ fixture: CentralFixture) async throws -> [(String, String?, String)] {
        let (centre, now) = (fixture.centre, fixture.time.now)
        let admin = try await fixture.session(of: .superAdmin)
        let (revoked, disabled) = (
            try await fixture.session(of: .superAdmin), try await fixture.session(of: .cajero, "2")
        )
        let closed = try await fixture.session(of: .clienteAdmin, "2")
        try await centre.database.write { session in
            try SessionStore(session).revoke(revoked.sessionID, now: now)
            try session.execute(
                "UPDATE usuario SET is_disabled = 1 WHERE usuario_id = $1",
                [.text(disabled.usuarioID)]
            )
            _ = try session.execute("UPDATE empresa SET is_disabled = 1 WHERE empresa_id = 'emp_2'")
        }
        let forger = SessionTokens(secret: Secret(CentralSettingsTests.keyOne))
        let portal = TokenSigner(kind: .apiKey, secret: Secret(CentralSettingsTests.keyTwo))
        let claims = TokenClaims(
            subject: admin.usuarioID,
            id: "tok_1",
            issuedAt: now,
            expiresAt: now + .seconds(600),
            extra: ["sid": admin.sessionID]
        )
        let unknown = SessionClaims(usuarioID: admin.usuarioID, sessionID: "ses_none")
        let stolen = SessionClaims(usuarioID: admin.usuarioID, sessionID: closed.sessionID)
        let expired = try centre.sessionTokens.issue(admin, now: now - SessionTokens.lifetime).reveal()
        return [
            ("none", nil, "token_missing"),
            ("garbage", "garbage", "token_invalid"),
            ("forged", try forger.issue(admin, now: now).reveal(), "token_invalid"),
            ("wrong kind", try portal.sign(claims).reveal(), "token_invalid"),
            ("api key", "jwt_" + (try portal.sign(claims).reveal()), "token_invalid"),
            ("expired", expired, "token_expired"),
            ("unknown session", try centre.sessionTokens.issue(unknown, now: now).reveal(), "session_ended"),
            ("another's session", try centre.sessionTokens.issue(stolen, now: now).reveal(), "session_ended"),
            ("revoked", try centre.sessionTokens.issue(revoked, now: now).reveal(), "session_ended"),
            ("disabled", try centre.sessionTokens.issue(disabled, now: now).reveal(), "session_ended"),
            ("empresa disabled", try centre.sessionTokens.issue(closed, now: now).reveal(), "session_ended"),
        ]
    }
}
