import ConektaSimulator
import Foundation
import Shared
import Testing

struct ListsTests {
    /// Five orders, one minute apart, newest last.
    private func fiveOrders(_ desk: Desk) throws -> [String] {
        try (0..<5).map { _ in
            defer { desk.core.advance(by: .seconds(60)) }
            return try desk.openOrder()
        }
    }

    private func ids(_ answer: Desk.Answer?) -> [String] {
        answer?.json["data"]?.elements?.compactMap { $0["id"]?.text } ?? []
    }

    @Test func `newest first, page by page`() throws {
        let desk = Desk()
        let orders = try fiveOrders(desk)
        let first = try #require(desk.call("GET", "/orders?limit=2"))
        #expect(first.json["object"] == "list")
        #expect(first.json["has_more"] == true)
        #expect(first.json["total"] == 5)
        #expect(ids(first) == [orders[4], orders[3]])
        let next = try #require(first.json["next_page_url"]?.text)
        #expect(next == "https://api.conekta.io/orders?limit=2&next=\(orders[3])")
        let second = desk.call("GET", "/orders?limit=2&next=\(orders[3])")
        #expect(ids(second) == [orders[2], orders[1]])
        let last = try #require(desk.call("GET", "/orders?limit=2&next=\(orders[1])"))
        #expect(ids(last) == [orders[0]])
        #expect(last.json["has_more"] == false)
        #expect(last.json["next_page_url"] == .null)
    }

    @Test func `orders are found by the time they were made`() throws {
        let desk = Desk()
        let orders = try fiveOrders(desk)
        let second = Desk.start.milliseconds / 1_000 + 60
        #expect(
            ids(desk.call("GET", "/orders?created_at.gte=\(second)&created_at.lte=\(second + 60)")) == [
                orders[2], orders[1],
            ]
        )
        #expect(ids(desk.call("GET", "/orders?created_at=\(second)")) == [orders[1]])
    }

    @Test func `search finds the id and the e-mail, not the metadata`() throws {
        let desk = Desk()
        let orders = try fiveOrders(desk)
        #expect(ids(desk.call("GET", "/orders?search=\(orders[1])")) == [orders[1]])
        #expect(ids(desk.call("GET", "/orders?search=ana%40example.mx")).count == 5)
        #expect(ids(desk.call("GET", "/orders?search=p-1")) == [])
        #expect(desk.call("GET", "/orders?search=nada")?.json["data"] == [])
    }

    @Test func `charges are listed with those declined`() throws {
        let desk = Desk()
        let orderID = try desk.openOrder()
        _ = desk.charge(orderID, "tok_test_card_declined")
        desk.core.advance(by: .seconds(1))
        _ = desk.charge(orderID, "tok_test_visa_4242")
        _ = try desk.paidOrder()
        let charges = desk.call("GET", "/charges?search=\(orderID)")?.json["data"]?.elements
        #expect(charges?.map { $0["status"] } == ["paid", "declined"])
        #expect(desk.call("GET", "/charges")?.json["total"] == 3)
    }

    @Test(arguments: [
        "limit=0", "limit=251", "limit=x", "created_at.gte=ayer", "created_at.gte=2&created_at.lte=1", "wifi=1",
    ])
    func `a wrong query is refused`(query: String) {
        #expect(Desk().call("GET", "/orders?\(query)")?.status == 422)
    }
}
