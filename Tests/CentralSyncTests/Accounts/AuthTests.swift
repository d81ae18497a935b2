import HTTPTypes
import ServerKit
import Shared
import Testing

@testable import CentralSync

@Suite struct AuthTests {
    private static let email = CentralFixture.email(.clienteAdmin)

    @Test(arguments: DatabaseKind.allCases) func `somebody logs in, asks who they are, and logs out`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let session = try await centre.login("  CLIENTE_admin@1.MX ")
            #expect(session.status == 200)
            #expect(session["token_type"] == "Bearer")
            #expect(session.json["expires_in"] == .integer(600))
            #expect(session["usuario", "role"] == "cliente_admin")
            let token = session["access_token"]
            let me = try await centre.request(.get, "/auth/me", token: token)
            #expect(me.status == 200)
            #expect(me["email"] == Self.email)
            #expect(me["empresa_id"] == "emp_1")
            #expect(!me.text.contains("scrypt"))
            #expect(try await centre.request(.post, "/auth/logout", token: token).status == 204)
            #expect(try await centre.request(.get, "/auth/me", token: token).code == "session_ended")
            let refresh = #"{"refresh_token":"\#(session["refresh_token"])"}"#
            #expect(try await centre.request(.post, "/auth/refresh", body: refresh).status == 401)
        }
    }

    @Test func `an unknown account and a wrong password look the same`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let wrong = try await centre.login(Self.email, password: "otra")
            let unknown = try await centre.login("nadie@1.mx", password: "otra")
            let nonsense = try await centre.login("nadie", password: "otra")
            for answer in [wrong, unknown, nonsense] {
                #expect(answer.status == 401)
                #expect(answer.code == "login_failed")
                #expect(answer["error", "message"] == wrong["error", "message"])
            }
        }
    }

    @Test func `a disabled account is told so only after the right password`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            try await centre.centre.database.write { session in
                _ = try session.execute("UPDATE usuario SET is_disabled = 1")
            }
            #expect(try await centre.login(Self.email).code == "account_disabled")
            #expect(try await centre.login(Self.email, password: "otra").code == "login_failed")
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a refresh token works once, and twice ends the session`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let first = try await centre.login(Self.email)
            func renew(_ answer: CentralAnswer) async throws -> CentralAnswer {
                let body = #"{"refresh_token":"\#(answer["refresh_token"])"}"#
                return try await centre.request(.post, "/auth/refresh", body: body)
            }
            let second = try await renew(first)
            #expect(second.status == 200)
            #expect(second["refresh_token"] != first["refresh_token"])
            let third = try await renew(second)
            #expect(try await centre.request(.get, "/auth/me", token: third["access_token"]).status == 200)
            // Not the last one before, but an older one.
            #expect(try await renew(first).code == "refresh_invalid")
            #expect(try await centre.request(.get, "/auth/me", token: third["access_token"]).code == "session_ended")
            #expect(try await renew(third).code == "refresh_invalid")
            let log = try await centre.centre.database.read { try $0.query("SELECT action FROM audit ORDER BY seq") }
            #expect(try log.map { try $0.text("action") } == ["auth.login", "auth.refresh_reused"])
        }
    }

    @Test func `an access token lives ten minutes, an unused session a week, any session a month`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            var session = try await centre.login(Self.email)
            func renew() async throws -> CentralAnswer {
                let body = #"{"refresh_token":"\#(session["refresh_token"])"}"#
                return try await centre.request(.post, "/auth/refresh", body: body)
            }
            centre.time.advance(by: .seconds(600))
            #expect(try await centre.request(.get, "/auth/me", token: session["access_token"]).code == "token_expired")
            session = try await renew()
            for _ in 0..<4 {
                centre.time.advance(by: .seconds(7 * 86_400 - 1))
                session = try await renew()
                #expect(session.status == 200)
            }
            centre.time.advance(by: .seconds(3 * 86_400))
            #expect(try await renew().code == "refresh_invalid")

            session = try await centre.login(Self.email)
            centre.time.advance(by: .seconds(7 * 86_400))
            #expect(try await renew().code == "refresh_invalid")
        }
    }

    @Test func `guessing is stopped, and the owner elsewhere is not`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            for _ in 0..<5 { #expect(try await centre.login(Self.email, password: "otra").status == 401) }
            let blocked = try await centre.login(Self.email)
            #expect(blocked.status == 429)
            #expect(blocked.headers[.retryAfter] == "600")
            #expect(try await centre.login(CentralFixture.email(.cajero)).status == 200)
            centre.time.advance(by: .seconds(600))
            #expect(try await centre.login(Self.email).status == 200)
        }
        let time = TestWallClock()
        let loginGuard = LoginGuard(now: { time.monotonic })
        for _ in 0..<5 { loginGuard.recordFailure("a@b.mx", from: "10.0.0.1") }
        #expect(throws: (any Error).self) { try loginGuard.admitGuess("a@b.mx", from: "10.0.0.1") }
        #expect(throws: Never.self) { try loginGuard.admitGuess("a@b.mx", from: "10.0.0.2") }
        for number in 0..<50 { loginGuard.recordFailure("a@b.mx", from: "10.0.1.\(number)") }
        #expect(throws: (any Error).self) { try loginGuard.admitGuess("a@b.mx", from: "10.0.0.2") }
    }

    @Test func `when too many wait to log in, the next is told to come back`() async throws {
        let hasher = PasswordHasher(maximumWaiting: 0)
        try await CentralFixture.run(.sqlite, hasher: hasher) { centre in
            let answer = try await centre.login(Self.email)
            #expect(answer.status == 503)
            #expect(answer.code == "busy")
            #expect(answer.headers[.retryAfter] == "3")
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a new password ends the other sessions`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let other = try await centre.token(of: .clienteAdmin)
            let token = try await centre.login(Self.email)["access_token"]
            func change(_ current: String, _ new: String) async throws -> CentralAnswer {
                let body = #"{"current_password":"\#(current)","new_password":"\#(new)"}"#
                return try await centre.request(.post, "/auth/password", token: token, body: body)
            }
            #expect(try await change("otra", "tres gatos verdes").code == "wrong_password")
            #expect(try await change(CentralFixture.password, CentralFixture.password).status == 422)
            #expect(try await change(CentralFixture.password, "corta").status == 422)
            #expect(try await change(CentralFixture.password, "tres gatos verdes").status == 204)
            #expect(try await centre.request(.get, "/auth/me", token: token).status == 200)
            #expect(try await centre.request(.get, "/auth/me", token: other).code == "session_ended")
            #expect(try await centre.login(Self.email).status == 401)
            #expect(try await centre.login(Self.email, password: "tres gatos verdes").status == 200)
        }
    }

    @Test func `an old hash is made anew at the next login`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let dear = PasswordHasher(parameters: ScryptParameters(log2Rounds: 5, blockSize: 1, parallelism: 1))
            let hash = try await dear.hash(Secret("otra contraseña más"))
            try await centre.centre.database.write { session in
                try CredentialStore(session).replaceHash(of: CentralFixture.id(.cajero), with: hash)
            }
            let email = CentralFixture.email(.cajero)
            #expect(try await centre.login(email, password: "otra contraseña más").status == 200)
            let stored = try await centre.centre.database.read { try CredentialStore($0).find(email: email) }
            #expect(stored?.passwordHash?.parameters.log2Rounds == 4)
            #expect(try await centre.login(email, password: "otra contraseña más").status == 200)
        }
    }
}
