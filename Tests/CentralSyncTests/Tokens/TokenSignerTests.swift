import Foundation
import Shared
import Testing

@testable import CentralSync

@Suite struct TokenSignerTests {
    private static let now = Timestamp(seconds: 1_800_000_000)
    private static let secret = Secret(CentralSettingsTests.keyOne)
    private static let signer = TokenSigner(kind: .session, secret: secret)
    private static let claims = TokenClaims(
        subject: "usr_1",
        id: "tok_1",
        issuedAt: now,
        expiresAt: now + .seconds(600),
        extra: ["sid": "ses_1"]
    )

    private static func parts() throws -> [String] {
        try signer.sign(claims).reveal().components(separatedBy: ".")
    }

    private static func error(_ token: String, now: Timestamp = now) -> TokenError? {
        do throws(TokenError) {
            _ = try signer.verify(token, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test func `what was signed is read back`() throws {
        let token = try Self.signer.sign(Self.claims).reveal()
        #expect(try Self.signer.verify(token, now: Self.now) == Self.claims)
        let header = try #require(Base64URL.decode(try Self.parts()[0][...]))
        let text = String(decoding: header, as: UTF8.self)
        #expect(text.hasPrefix(#"{"alg":"HS256","kid":""#))
        #expect(text.hasSuffix(#"","typ":"fichas-session+jwt"}"#))
    }

    @Test func `it is good until its last second`() throws {
        let token = try Self.signer.sign(Self.claims).reveal()
        #expect(Self.error(token, now: Self.now + .seconds(599)) == nil)
        #expect(Self.error(token, now: Self.now + .seconds(600)) == .expired)
    }

    @Test func `another secret and another kind are not believed`() throws {
        let forged = try TokenSigner(kind: .session, secret: Secret(CentralSettingsTests.keyTwo)).sign(Self.claims)
        #expect(Self.error(forged.reveal()) == .foreign)
        // The right header with a signature by another secret.
        let body = forged.reveal().components(separatedBy: ".")
        #expect(Self.error([try Self.parts()[0], body[1], body[2]].joined(separator: ".")) == .forged)
        let other = try TokenSigner(kind: .apiKey, secret: Self.secret).sign(Self.claims)
        #expect(Self.error(other.reveal()) == .foreign)
    }

    @Test func `no other algorithm is looked at`() throws {
        let parts = try Self.parts()
        for header in [#"{"alg":"none","typ":"JWT"}"#, #"{"alg":"HS256","typ":"JWT"}"#, #"{"alg":"none"}"#] {
            let head = Base64URL.encode(Array(header.utf8))
            #expect(Self.error("\(head).\(parts[1]).") == .foreign)
            #expect(Self.error("\(head).\(parts[1]).\(parts[2])") == .foreign)
        }
    }

    @Test func `every changed byte shows`() throws {
        let token = Array(try Self.signer.sign(Self.claims).reveal().utf8)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(Self.error(String(decoding: changed, as: UTF8.self)) != nil, "byte \(index)")
        }
    }

    @Test(arguments: ["", ".", "..", "...", "a.b.c", String(repeating: "a", count: 100_000)])
    func `what is no token is none`(text: String) {
        #expect(Self.error(text) != nil)
    }
}
