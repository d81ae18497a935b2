import HTTPTypes
import Shared
import Testing

@testable import CentralSync

@Suite struct SecondFactorTests {
    private static let email = CentralFixture.email(.clienteAdmin)
    private static let passwordBody = #"{"password":"\#(CentralFixture.password)"}"#

    /// The codes of the application somebody enrolled.
    private struct Phone {
        let totp: TOTP
        let recoveryCodes: [String]

        func code(_ centre: CentralFixture) -> String { totp.code(step: TOTP.step(at: centre.time.now)) }
    }

    private static func enrol(_ centre: CentralFixture, token: String) async throws -> Phone {
        let offer = try await centre.request(.post, "/auth/totp", token: token, body: passwordBody)
        #expect(offer.status == 200)
        #expect(offer["uri"].hasPrefix("otpauth://totp/Fichas%3A"))
        #expect(offer["uri"].contains("secret=" + offer["secret"]))
        let sealed = try await centre.centre.database.read { try CredentialStore($0).find(email: email)?.sealedSecret }
        let secret = try centre.centre.sealer.open(
            try #require(sealed),
            for: SecondFactorCheck.place(of: CentralFixture.id(.clienteAdmin))
        )
        #expect(Base32.encode(secret.reveal()) == offer["secret"])
        let totp = TOTP(secret: secret)
        let code = totp.code(step: TOTP.step(at: centre.time.now))
        let answer = try await centre.request(.post, "/auth/totp/confirm", token: token, body: #"{"code":"\#(code)"}"#)
        #expect(answer.status == 200)
        return Phone(totp: totp, recoveryCodes: answer.json["recovery_codes"].elements.compactMap(\.text))
    }

    @Test(arguments: DatabaseKind.allCases) func `after it was confirmed, a login needs a code, each once`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let phone = try await Self.enrol(centre, token: token)
            #expect(phone.recoveryCodes.count == 10)
            #expect(try await centre.login(Self.email).code == "second_factor_required")
            // The step in which it was confirmed is used up.
            let used = phone.code(centre)
            #expect(try await centre.login(Self.email, more: #","code":"\#(used)""#).code == "second_factor_failed")
            centre.time.advance(by: .seconds(30))
            let code = phone.code(centre)
            #expect(try await centre.login(Self.email, more: #","code":"\#(code)""#).status == 200)
            #expect(try await centre.login(Self.email, more: #","code":"\#(code)""#).code == "second_factor_failed")
            // Nor an earlier one, though its time has not passed.
            #expect(try await centre.login(Self.email, more: #","code":"\#(used)""#).code == "second_factor_failed")
            #expect(try await centre.request(.get, "/auth/me", token: token).json["second_factor"] == .bool(true))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a recovery code opens once, however it is typed`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let phone = try await Self.enrol(centre, token: try await centre.token(of: .clienteAdmin))
            let typed = phone.recoveryCodes[3].uppercased().replacing("-", with: " ")
            #expect(try await centre.login(Self.email, more: #","recovery_code":"\#(typed)""#).status == 200)
            #expect(try await centre.login(Self.email, more: #","recovery_code":"\#(typed)""#).status == 401)
            let other = phone.recoveryCodes[4]
            #expect(try await centre.login(Self.email, more: #","recovery_code":"\#(other)""#).status == 200)
        }
    }

    @Test func `without the password or with a wrong code nothing is turned on or off`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            func post(_ path: String, _ body: String) async throws -> CentralAnswer {
                try await centre.request(.post, path, token: token, body: body)
            }
            #expect(try await post("/auth/totp", #"{"password":"otra"}"#).code == "wrong_password")
            #expect(try await post("/auth/totp/confirm", #"{"code":"000000"}"#).code == "second_factor_off")
            #expect(try await post("/auth/totp/disable", Self.passwordBody).code == "second_factor_off")
            let phone = try await Self.enrol(centre, token: token)
            #expect(try await post("/auth/totp", Self.passwordBody).code == "second_factor_on")
            #expect(try await post("/auth/totp/disable", Self.passwordBody).code == "invalid_field")
            let wrong = #"{"password":"\#(CentralFixture.password)","code":"\#(phone.code(centre))"}"#
            #expect(try await post("/auth/totp/disable", wrong).code == "second_factor_failed")
            #expect(try await centre.login(Self.email).code == "second_factor_required")
            centre.time.advance(by: .seconds(30))
            let right = #"{"password":"\#(CentralFixture.password)","code":"\#(phone.code(centre))"}"#
            #expect(try await post("/auth/totp/disable", right).status == 204)
            #expect(try await centre.login(Self.email).status == 200)
        }
    }

    @Test func `guessing codes is stopped too`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            _ = try await Self.enrol(centre, token: try await centre.token(of: .clienteAdmin))
            for _ in 0..<5 {
                #expect(try await centre.login(Self.email, more: #","code":"1""#).code == "second_factor_failed")
            }
            #expect(try await centre.login(Self.email, more: #","code":"1""#).status == 429)
        }
    }
}
