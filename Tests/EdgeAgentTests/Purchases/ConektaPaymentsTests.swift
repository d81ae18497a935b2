import Conekta
import Foundation
import Logging
import Outbound
import Purchasing
import Shared
import Testing

@testable import EdgeAgent

/// What an order has to show before a purchase counts as paid.
@Suite struct ConektaPaymentsTests {
    private let purchase: Purchase

    init() {
        var generator = SystemRandomNumberGenerator()
        purchase = Purchase(
            id: PurchaseID(using: &generator),
            routerID: "r1",
            product: PurchasedProduct(.forTests(priceCents: 1_500)),
            createdAt: SimulatedWorld.start
        )
    }

    @Test func `our amount in our currency, under our name`() async {
        #expect(await reading() == paid(matches: true))
        // What names no currency is in the order's.
        #expect(await reading(chargeCurrency: nil) == paid(matches: true))
    }

    @Test func `another amount or currency, on the order or on the charge, is not our price`() async {
        #expect(await reading(orderCents: 1_400) == paid(matches: false))
        #expect(await reading(chargeCents: 1_400) == paid(matches: false, cents: 1_400))
        #expect(await reading(orderCurrency: "USD") == paid(matches: false))
        #expect(await reading(chargeCurrency: "USD") == paid(matches: false))
    }

    @Test func `an order that names another purchase, or none, is not ours`() async {
        #expect(await reading(name: "pur_otra") == .notOurs)
        #expect(await reading(name: nil) == .notOurs)
    }

    @Test func `a status nobody knows is no answer`() async {
        #expect(await reading(status: "en_el_limbo") == .unreadable)
    }

    /// The line goes down between the order and the charge: the next buyer is not asked for a card.
    @Test func `a charge that finds no way is news about the way`() async throws {
        let wayOut = WayOut(now: { .zero })
        let payments = ConektaPayments(
            accounts: .only(.unreachable),
            siteID: "site_1",
            wayOut: wayOut,
            logger: Logger(label: "payments") { _ in SwiftLogNoOpLogHandler() }
        )
        let intent = try PurchaseIntent(
            router: .forTests(),
            product: .forTests(),
            cardToken: Secret("tok_test_visa_4242")
        )
        for _ in 0..<2 {
            #expect(wayOut.isOpen)
            #expect(await payments.charge(orderID: "ord_1", for: purchase, intent: intent) == .notSent)
        }
        #expect(!wayOut.isOpen)
    }

    // MARK: Help

    private func paid(matches: Bool, cents: Int64 = 1_500) -> OrderReading {
        .paid(chargeID: "chg_1", chargedCents: cents, priceMatches: matches, refundedCents: 0)
    }

    private func reading(
        name: String? = "ours",
        orderCents: Int64 = 1_500,
        chargeCents: Int64 = 1_500,
        orderCurrency: String = "MXN",
        chargeCurrency: String? = "MXN",
        status: String = "paid"
    ) async -> OrderReading {
        let metadata = name.map { ["purchase_id": $0 == "ours" ? purchase.id.text : $0] } ?? [:]
        var charge: [String: JSONValue] = [
            "id": .string("chg_1"), "status": .string(status), "amount": .integer(chargeCents),
        ]
        charge["currency"] = chargeCurrency.map(JSONValue.string)
        let order: [String: JSONValue] = [
            "id": .string("ord_1"), "amount": .integer(orderCents), "currency": .string(orderCurrency),
            "metadata": .object(metadata.mapValues(JSONValue.string)),
            "charges": .object(["data": .array([.object(charge)]), "has_more": .bool(false)]),
        ]
        let body = (try? JSONEncoder().encode(JSONValue.object(order))) ?? Data()
        let logger = Logger(label: "payments") { _ in SwiftLogNoOpLogHandler() }
        let client = ConektaClient(
            configuration: ConektaConfiguration(privateKey: Secret("key_privada")),
            outbound: OneAnswer(body: Array(body)),
            logger: logger
        )
        let payments = ConektaPayments(accounts: .only(client), siteID: "site_1", wayOut: WayOut(), logger: logger)
        return await payments.readOrder("ord_1", for: purchase)
    }
}

/// Answers every request alike.
private struct OneAnswer: OutboundTransport {
    let body: [UInt8]

    func send(_ request: OutboundRequest) async -> OutboundOutcome {
        .answered(OutboundResponse(status: 200, headers: ["content-type": "application/json"], body: body))
    }
}
