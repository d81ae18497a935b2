import Conekta
import Foundation
import Purchasing
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// What a purchase tells its order is what a box without memory reads from it.
@Suite struct OrderMetadataTests {
    private func metadata(
        _ product: PurchasedProduct,
        key: String? = "compra-1"
    ) throws -> OrderMetadata {
        var generator = SplitMix64(seed: 3)
        let intent = try PurchaseIntent(
            router: .forTests(),
            product: .forTests(),
            cardToken: Secret("tok_2znSecreto"),
            idempotencyKey: key
        )
        let purchase = Purchase(
            id: PurchaseID(using: &generator),
            routerID: "r1",
            product: product,
            createdAt: SimulatedWorld.start
        )
        return OrderMetadata(purchase, fingerprint: intent.fingerprint, siteID: "site_1")
    }

    private func order(_ values: [String: String], amountCents: Int64? = 1_500) throws -> ConektaOrder {
        let body: [String: JSONValue] = [
            "id": .string("ord_1"), "currency": .string("MXN"), "amount": amountCents.map(JSONValue.integer) ?? .null,
            "metadata": .object(values.mapValues(JSONValue.string)),
        ]
        return try JSONDecoder().decode(ConektaOrder.self, from: JSONEncoder().encode(JSONValue.object(body)))
    }

    @Test(arguments: FichaClock.allCases, [nil, 5_000_000] as [Int64?])
    func `what was sent is read again`(clock: FichaClock, dataLimitBytes: Int64?) throws {
        let sent = try metadata(.ficha(clock: clock, dataLimitBytes: dataLimitBytes))
        #expect(OrderMetadata(try order(sent.values)) == sent)
        #expect(sent.values["site_id"] == "site_1")
        #expect(!sent.values.values.contains { $0.contains("tok_2znSecreto") })
        let withoutKey = try metadata(.ficha(), key: nil)
        #expect(OrderMetadata(try order(withoutKey.values)) == withoutKey)
    }

    @Test func `a value that Conekta would refuse fails no sale`() throws {
        let product = PurchasedProduct(
            id: 1,
            name: "1 hora",
            price: Money(cents: 1_500, currency: "MXN"),
            durationSeconds: 3_600,
            clock: .corrido,
            mikrotikProfile: String(repeating: "á", count: 250)
        )
        let values = try metadata(product).values
        #expect(values["mikrotik_profile"] == nil)
        #expect(values.values.allSatisfy { $0.unicodeScalars.count <= 249 })
    }

    @Test func `another site's order, and one of a program that is not ours, are nobody's here`() throws {
        let values = try metadata(.ficha()).values
        #expect(OrderMetadata.purchaseID(in: values, madeAt: "site_1")?.text == values["purchase_id"])
        #expect(OrderMetadata.purchaseID(in: values, madeAt: "site_2") == nil)
        #expect(OrderMetadata.purchaseID(in: ["purchase_id": "42"], madeAt: "site_1") == nil)
        #expect(OrderMetadata.purchaseID(in: [:], madeAt: "site_1") == nil)
        for name in values.keys where name != "request_key" {
            #expect(OrderMetadata(try order(values.filter { $0.key != name })) == nil, "\(name)")
        }
        #expect(OrderMetadata(try order(values, amountCents: nil)) == nil)
        #expect(OrderMetadata(try order(values.merging(["duration_seconds": "-1"]) { $1 })) == nil)
    }
}
