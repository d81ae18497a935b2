import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import EdgeAgent

/// What the API says while no card can be taken, and that nothing begins then.
@Suite struct CardAvailabilityTests {
    private static let body = #"""
        {"product_id":1,"card_token":"tok_test_visa_4242","customer_name":"Ana Pérez","customer_email":"ana@example.mx"}
        """#

    private func pay(_ client: any TestClientProtocol) async throws -> TestResponse {
        try await client.execute(
            uri: "/payments/pagar-conekta",
            method: .post,
            headers: [.apiKey: CompositionFixture.apiKey, .contentType: "application/json"],
            body: ByteBuffer(string: Self.body)
        )
    }

    private func check(_ client: any TestClientProtocol, _ code: String, retryAfter: ClosedRange<Int>) async throws {
        let configuration = try await client.execute(
            uri: "/config/public",
            method: .get,
            headers: [.apiKey: CompositionFixture.apiKey]
        )
        #expect(String(buffer: configuration.body).contains(#""available":false"#))
        #expect(String(buffer: configuration.body).contains(#""reason":"\#(code)""#))
        let answer = try await pay(client)
        #expect(answer.status == .serviceUnavailable)
        #expect(String(buffer: answer.body).contains(#""code":"\#(code)""#))
        #expect(retryAfter.contains(Int(answer.headers[.retryAfter] ?? "") ?? 0))
    }

    @Test func `twenty declined cards at the site refuse the next buyer's before it is charged`() async throws {
        try await CompositionFixture.run { composition, client in
            for number in 1...20 { composition.guardian.recordDecline(["ip:10.5.50.\(number)"]) }
            try await check(client, "too_many_declines", retryAfter: 600...900)
            #expect(try await PurchaseStore(database: composition.database).openPurchases().readable.isEmpty)
        }
    }

    @Test func `while Conekta cannot be reached nobody is asked for a card`() async throws {
        try await CompositionFixture.run { composition, client in
            for _ in 0..<2 { composition.wayOut.note(.unreachable) }
            try await check(client, "provider_unreachable", retryAfter: 30...30)
            for _ in 0..<2 { composition.wayOut.note(.answered) }
            // What stands in the way next: no service runs, so no router is connected.
            try await check(client, "router_away", retryAfter: 30...30)
        }
    }

    @Test func `a box that finds out what it sold before it was put back takes no card`() async throws {
        try await CompositionFixture.run { composition, client in
            composition.restorationGate.set(isOpen: false)
            try await check(client, "restoring", retryAfter: 30...30)
            composition.restorationGate.set(isOpen: true)
            // What stands in the way next: no service runs, so no router is connected.
            try await check(client, "router_away", retryAfter: 30...30)
        }
    }
}
