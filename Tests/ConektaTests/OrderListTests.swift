import Conekta
import ConektaSimulator
import Foundation
import Logging
import Outbound
import Shared
import TestSupport
import Testing

/// Going through an account's orders: page by page, whole or not at all.
@Suite(.timeLimit(.minutes(1))) struct OrderListTests {
    private static let since = Timestamp(seconds: 1_774_900_000)

    private static func page(_ ids: [String], hasMore: Bool = false) -> String {
        Recorded.list(ids.map { Recorded.order(charges: "null", id: $0) }, hasMore: hasMore)
    }

    @Test func `a page, the time it was asked for and the cursor to the next`() async throws {
        let conekta = try Harness { _ in .http(200, Self.page(["ord_2", "ord_1"], hasMore: true)) }
        defer { conekta.server.stop() }
        guard case .page(let page) = await conekta.client.orders(createdSince: Self.since, after: conekta.orderID)
        else {
            Issue.record("no page")
            return
        }
        #expect(page.orders.map(\.id.text) == ["ord_2", "ord_1"])
        #expect(page.next == OrderID("ord_1"))
        #expect(page.orders.first?.metadata["purchase_id"] == "pur_1")
        let request = try #require(conekta.server.requests.first)
        #expect(request.method == "GET")
        #expect(request.path == "/orders?limit=250&created_at.gte=1774900000&next=\(Recorded.orderID)")
    }

    @Test func `an order that cannot be read hides no other`() async throws {
        let unreadable = #"{"id":"ord_1","amount":"mucho","metadata":7}"#
        let readable = #"{"id":"ord_2","metadata":{"purchase_id":"pur_1"}}"#
        let body = #"{"object":"list","has_more":false,"data":[\#(unreadable),\#(readable)]}"#
        let conekta = try Harness { _ in .http(200, body) }
        defer { conekta.server.stop() }
        guard case .page(let page) = await conekta.client.orders(createdSince: nil, after: nil) else {
            Issue.record("no page")
            return
        }
        #expect(page.orders.map(\.metadata) == [[:], ["purchase_id": "pur_1"]])
    }

    @Test func `without a time all orders there ever were are asked for, and the last page has no next`() async throws {
        let conekta = try Harness { _ in .http(200, Self.page([])) }
        defer { conekta.server.stop() }
        guard case .page(let page) = await conekta.client.orders(createdSince: nil, after: nil) else {
            Issue.record("no page")
            return
        }
        #expect(page.orders.isEmpty && page.next == nil)
        #expect(conekta.server.requests.first?.path == "/orders?limit=250")
    }

    @Test(arguments: [
        // One order without a name is not left out in silence.
        (200, #"{"object":"list","has_more":false,"data":[{"amount":100}]}"#, "unreadable(status: 200)"),
        (200, #"{"object":"list","data":[]}"#, "unreadable(status: 200)"),
        (200, #"{"object":"list","has_more":false}"#, "unreadable(status: 200)"),
        (200, #"{"object":"order","has_more":false,"data":[]}"#, "unreadable(status: 200)"),
        (200, Recorded.list([], hasMore: true), "contradictory"),
        (200, Recorded.list([Recorded.order(charges: "null")], hasMore: true), "contradictory"),
        (404, Recorded.error("error", "x"), "rejected"), (422, Recorded.error("error", "x"), "rejected"),
    ])
    func `what is no whole page is none`(status: Int, body: String, expected: String) async throws {
        let conekta = try Harness { _ in .http(status, body) }
        defer { conekta.server.stop() }
        let result =
            switch await conekta.client.orders(createdSince: nil, after: conekta.orderID) {
            case .page: "page"
            case .unavailable(.inDoubt(let doubt)): "\(doubt)"
            case .unavailable(.rejected): "rejected"
            case .unavailable(.notSent): "not sent"
            }
        #expect(result == expected)
        #expect(conekta.server.requests.count == 1)
    }

    @Test func `more than eight megabytes are no page`() async throws {
        let padding = String(repeating: " ", count: 8_388_608)
        let conekta = try Harness { _ in .http(200, Self.page(["ord_1"]) + padding) }
        defer { conekta.server.stop() }
        async let listing = conekta.client.orders(createdSince: nil, after: nil)
        await conekta.clock.waitForSleepers()
        conekta.clock.advance(by: .milliseconds(300))
        await conekta.clock.waitForSleepers()
        conekta.clock.advance(by: .seconds(1))
        guard case .unavailable(.inDoubt(.transport)) = await listing else {
            Issue.record("it was read")
            return
        }
    }

    @Test func `a fault that passes is waited for`() async throws {
        let first = Countdown(1)
        let conekta = try Harness { _ in first.tick() ? .http(503) : .http(200, Self.page(["ord_1"])) }
        defer { conekta.server.stop() }
        async let listing = conekta.client.orders(createdSince: nil, after: nil)
        await conekta.clock.waitForSleepers()
        conekta.clock.advance(by: .milliseconds(300))
        guard case .page = await listing else {
            Issue.record("no page")
            return
        }
        #expect(conekta.server.requests.count == 2)
    }

    /// Conekta's list as the simulator gives it, which drops the filter from the next page's address and shows declined
    /// charges in orders of any status.
    @Test func `every order of a time comes once`() async throws {
        let core = ConektaCore(account: ConektaAccount(privateKey: Secret("key_private")), seed: 7)
        let client = ConektaClient(
            configuration: ConektaConfiguration(privateKey: Secret("key_private")),
            outbound: Straight(core: core),
            logger: Logger(label: "list") { _ in SwiftLogNoOpLogHandler() }
        )
        var made: [OrderID] = []
        func order(_ number: Int) async {
            let draft = OrderDraft(
                productName: "WiFi 24h",
                amount: Money(cents: 5_000),
                customerName: "Ana",
                customerEmail: "ana@example.mx",
                metadata: ["purchase_id": "pur_\(number)"]
            )
            if case .created(let id) = await client.createOrder(draft) { made.append(id) }
        }
        await order(0)
        core.advance(by: .seconds(60))
        let since = core.snapshot.now
        for number in 1...520 { await order(number) }
        var listed: [ListedOrder] = []
        var (cursor, pages): (OrderID?, Int) = (nil, 0)
        repeat {
            guard case .page(let page) = await client.orders(createdSince: since, after: cursor) else {
                Issue.record("no page")
                return
            }
            listed += page.orders
            (cursor, pages) = (page.next, pages + 1)
        } while cursor != nil
        #expect(pages == 3)
        #expect(listed.count == 520)
        #expect(Set(listed.map(\.id)) == Set(made.dropFirst()))
    }
}

/// The way to the simulator without sockets.
private struct Straight: OutboundTransport {
    let core: ConektaCore

    func send(_ request: OutboundRequest) async -> OutboundOutcome {
        let url = URL(string: request.url)
        let call = ConektaRequest(
            method: request.method.rawValue,
            target: (url?.path ?? "/") + (url?.query.map { "?" + $0 } ?? ""),
            headers: request.headers.mapValues { $0.reveal() },
            body: Data(request.body?.reveal() ?? [])
        )
        guard case .answer(let response) = core.handle(call).delivery else { return .outcomeUnknown(.answerCut) }
        return .answered(
            OutboundResponse(status: response.status, headers: response.headers, body: Array(response.body))
        )
    }
}
