import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Outbound
import ServerKit
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// The centre's routes on a fresh database, with two empresas and a person of every role in each.
struct CentralFixture: Sendable {
    /// Everybody's.
    static let password = "correcto caballo bateria"
    /// Cheap on purpose: what hashing costs is no test's subject.
    static func cheapHasher() -> PasswordHasher {
        PasswordHasher(parameters: ScryptParameters(log2Rounds: 4, blockSize: 1, parallelism: 1))
    }

    let client: any TestClientProtocol
    let centre: Centre
    let time: TestWallClock
    /// How many wait at the centre to be told of changes.
    let waiting: Tally
    let routes: [RegisteredRoute]
    /// What the HTTP library itself will answer, `GET /healthz`.
    let served: Set<String>

    /// - Parameter overSockets: As the program serves it, with what wakes the boxes; else without a connection between.
    static func run(
        _ kind: DatabaseKind,
        hasher: PasswordHasher = cheapHasher(),
        overSockets: Bool = false,
        settings more: [String: String] = [:],
        _ body: @escaping @Sendable (CentralFixture) async throws -> Void
    ) async throws {
        try await kind.withDatabase { database in
            let (time, waiting) = (TestWallClock(), Tally())
            let sources = try SettingSources(
                environment: CentralSettingsTests.good.merging(more) { $1 },
                dotEnvFile: nil,
                documentFile: nil
            )
            let settings = try CentralSettings(sources)
            let sealer = Sealer(masterKey: settings.masterKey)
            let logger = Logger(label: "centre") { _ in SwiftLogNoOpLogHandler() }
            let centre = Centre(
                settings: settings,
                database: database,
                signingKey: try await CentreKeyStore.signingKey(database, sealer: sealer),
                outbound: try OutboundClient(logger: logger),
                passwordHasher: hasher,
                waiters: Waiters(now: { time.monotonic }) { waiting.set($0) },
                wallClock: time.wallClock,
                logger: logger
            )
            var routes = CentralRoutes(
                centre: centre,
                health: HealthRegistry(clock: time.wallClock),
                metrics: PrometheusRegistry()
            )
            routes.loginGuard = LoginGuard(now: { time.monotonic })
            let (router, registered) = routes.make()
            let served = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
            try await seed(centre, now: time.now)
            var application = Application(router: router, server: ServerLimits().http1())
            if overSockets { application.addServices(centre.wakeRunner) }
            try await application.test(overSockets ? .ahc() : .router) { client in
                try await body(
                    CentralFixture(
                        client: client,
                        centre: centre,
                        time: time,
                        waiting: waiting,
                        routes: registered,
                        served: served
                    )
                )
            }
        }
    }

    // MARK: People

    /// Of `emp_1` and `emp_2`: `usr_cajero_1`, `cajero@1.mx`; the super admin and the tecnico of all are of none.
    private static func seed(_ centre: Centre, now: Timestamp) async throws {
        let hash = try await cheapHasher().hash(Secret(password))
        try await centre.database.write { session in
            for empresa in ["1", "2"] {
                try session.execute(
                    """
                    INSERT INTO empresa (empresa_id, name, sends_shipping_contact, is_disabled, version, created_at_ms,
                        updated_at_ms)
                    VALUES ($1, $1, 0, 0, 1, 0, 0)
                    """,
                    [.text("emp_" + empresa)]
                )
                try seedRouter(empresa, sealer: centre.sealer, in: session)
                for role in Role.allCases where role != .superAdmin {
                    let usuario = usuario(role, empresa: empresa, now: now)
                    try UsuarioStore(session).insert(usuario, passwordHash: hash)
                }
            }
            try UsuarioStore(session).insert(usuario(.superAdmin, empresa: nil, now: now), passwordHash: hash)
        }
    }

    private static func seedRouter(_ empresa: String, sealer: Sealer, in session: any SQLSession) throws {
        let context = SealingContext.routerPassword(empresaID: "emp_" + empresa, routerID: "rtr_" + empresa)
        let password = try sealer.seal(Secret("router password"), for: context)
        try session.execute(
            """
            INSERT INTO site (empresa_id, site_id, name, time_zone, snapshot_version, created_at_ms)
            VALUES ($1, $2, 's', 'UTC', 1, 0)
            """,
            [.text("emp_" + empresa), .text("site_" + empresa)]
        )
        try session.execute(
            """
            INSERT INTO router (empresa_id, router_id, site_id, name, api_host, api_port, api_username,
                api_password_sealed, is_active, version, created_at_ms, updated_at_ms)
            VALUES ($1, $2, $3, 'r', 'h', 8728, 'u', $4, 1, 1, 0, 0)
            """,
            [.text("emp_" + empresa), .text("rtr_" + empresa), .text("site_" + empresa), .bytes(password.bytes)]
        )
    }

    private static func usuario(_ role: Role, empresa: String?, now: Timestamp) -> Usuario {
        Usuario(
            id: id(role, empresa),
            email: email(role, empresa),
            name: role.rawValue,
            role: role,
            empresaID: empresa.map { "emp_" + $0 },
            routerIDs: role == .cajero ? ["rtr_" + (empresa ?? "")] : [],
            mustChangePassword: false,
            hasSecondFactor: false,
            isDisabled: false,
            version: 1,
            createdAt: now,
            updatedAt: now
        )
    }

    static func id(_ role: Role, _ empresa: String? = "1") -> String {
        "usr_\(role.rawValue)" + (role == .superAdmin ? "" : "_\(empresa ?? "")")
    }

    static func email(_ role: Role, _ empresa: String? = "1") -> String {
        role == .superAdmin ? "root@centro.mx" : "\(role.rawValue)@\(empresa ?? "").mx"
    }

    /// An access token of a new session.
    func token(of role: Role, _ empresa: String = "1") async throws -> String {
        try centre.sessionTokens.issue(try await session(of: role, empresa), now: time.now).reveal()
    }

    func session(of role: Role, _ empresa: String = "1") async throws -> SessionClaims {
        let now = time.now
        return try await centre.database.write { session in
            try SessionStore(session).open(for: Self.id(role, empresa), token: .random(), now: now)
        }
    }

    // MARK: Requests

    func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        ifMatch: String? = nil,
        body: String? = nil
    ) async throws -> CentralAnswer {
        var headers: HTTPFields = [:]
        if let token { headers[.authorization] = "Bearer " + token }
        if let ifMatch { headers[.ifMatch] = ifMatch }
        if body != nil { headers[.contentType] = "application/json" }
        let response = try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map(ByteBuffer.init(string:))
        )
        return CentralAnswer(response)
    }

    func login(
        _ email: String,
        password: String = password,
        more: String = ""
    ) async throws -> CentralAnswer {
        let body = #"{"email":"\#(email)","password":"\#(password)"\#(more)}"#
        return try await request(.post, "/auth/login", body: body)
    }
}
