import Conekta
import Foundation
import TestSupport
import Testing

@Suite struct KeyCheckTests {
    private static let unknownKey = RawReply.http(
        401,
        Recorded.error("authentication_error", "authentication.unrecognized_key")
    )
    private static let noCard = RawReply.http(
        422,
        Recorded.error("parameter_validation_error", "parameter_validation.card.number")
    )

    private func check(_ account: RawReply, _ token: RawReply) async throws -> (KeyCheck, [RawRequest]) {
        let conekta = try Harness { $0.path == "/tokens" ? token : account }
        defer { conekta.server.stop() }
        return (await conekta.client.checkKeys(publicKey: "key_public"), conekta.server.requests)
    }

    @Test func `a pair that is known is asked about without any effect`() async throws {
        let (check, requests) = try await check(.http(200, #"{"object":"company"}"#), Self.noCard)
        #expect(check == .known)
        #expect(requests.map(\.method) == ["GET", "POST"])
        #expect(requests.map(\.path) == ["/companies/current", "/tokens"])
        #expect(requests.last?.body == #"{"card":{}}"#)
        let keys = requests.compactMap { $0.headers["authorization"] }
        #expect(keys == ["Bearer key_private", "Bearer key_public"])
    }

    @Test func `an account that may not be read has a good key all the same`() async throws {
        let refused = RawReply.http(403, Recorded.error("authorization_error", "authorization.not_allowed"))
        #expect(try await check(refused, Self.noCard).0 == .known)
    }

    @Test func `each key is told apart`() async throws {
        #expect(try await check(Self.unknownKey, Self.noCard).0 == .privateKeyUnknown)
        #expect(try await check(.http(200, "{}"), Self.unknownKey).0 == .publicKeyUnknown)
    }

    @Test(arguments: [429, 500, 503, 404]) func `what says nothing about the key is no answer`(
        status: Int
    ) async throws {
        // Of a page that something in between made, a status alone says nothing.
        let reply = RawReply.http(
            status,
            status == 429 ? Recorded.error("rate_limit_error", "too_many_requests") : "<html>"
        )
        #expect(try await check(reply, Self.noCard).0 == .unanswered)
        #expect(try await check(.http(200, "{}"), reply).0 == .unanswered)
    }
}
