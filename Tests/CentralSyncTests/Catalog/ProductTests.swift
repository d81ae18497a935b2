import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

@Suite struct ProductTests {
    static func body(_ name: String = "24 horas", cents: Int = 2_500, more: String = "") -> String {
        """
        {"name":"\(name)","price_cents":\(cents),"duration_seconds":86400,"clock":"corrido",\
        "mikrotik_profile":"default"\(more)}
        """
    }

    private static func make(_ centre: CentralFixture, _ token: String, _ body: String) async throws -> Int64 {
        let answer = try await centre.request(.post, "/products", token: token, body: body)
        #expect(answer.status == 201, "\(answer.text)")
        guard case .integer(let id) = answer.json["id"] else { return 0 }
        return id
    }

    @Test(arguments: DatabaseKind.allCases) func `a product is made, changed and deleted, and the box sells it so`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            let details = #"{"velocidad":"5 Mbps","lista":[1,2.5,null,true],"ñ":"\#u{1F600}"}"#
            let made = try await centre.request(
                .post,
                "/products",
                token: token,
                body: Self.body(more: #","data_limit_bytes":2000000000,"details":\#(details)"#)
            )
            #expect(made.status == 201 && made.headers[.location] == "/products/1")
            let product = try #require(try box.snapshot(in: try await box.poll(applied: 1))?.products.first)
            #expect(product.name == "24 horas" && product.priceCents == 2_500 && product.isActive)
            #expect(product.dataLimitBytes == 2_000_000_000 && made.json["data_limit_bytes"] == .integer(2_000_000_000))
            #expect(product.details == made.json["details"] && product.details?["lista"].elements.count == 4)

            let body = Self.body("1 día", cents: 3_000)
            #expect(try await centre.request(.put, "/products/1", token: token, body: body).status == 428)
            let tag = made.headers[.eTag]
            let changed = try await centre.request(.put, "/products/1", token: token, ifMatch: tag, body: body)
            #expect(changed.status == 200 && changed.json["details"] == .null)
            #expect(try await centre.request(.put, "/products/1", token: token, ifMatch: tag, body: body).status == 412)
            let next = try #require(try box.snapshot(in: try await box.poll(applied: 2)))
            #expect(next.products.map(\.priceCents) == [3_000] && next.products[0].dataLimitBytes == nil)

            #expect(try await centre.request(.delete, "/products/1", token: token).status == 428)
            #expect(try await centre.request(.delete, "/products/1", token: token, ifMatch: tag).status == 412)
            #expect(try await centre.request(.delete, "/products/1", token: token, ifMatch: "*").status == 204)
            #expect(try await centre.request(.get, "/products/1", token: token).status == 404)
            let last = try box.snapshot(in: try await box.poll(applied: next.snapshotVersion))
            #expect(last?.products.isEmpty == true)
            // Its number is never given again: ventas name it.
            #expect(try await Self.make(centre, token, Self.body()) == 2)
            let root = try await centre.token(of: .superAdmin)
            let log = try await centre.request(.get, "/admin/audit", token: root).json["items"].elements
            let actions = Set(log.compactMap { $0["action"].text })
            #expect(actions.isSuperset(of: ["product.create", "product.update", "product.delete"]))
        }
    }

    @Test(
        arguments: [
            body(""), body(cents: 299), body(cents: 100_000_001), body(cents: -1), body("a\\u0000"),
            body(more: #","currency":"mxn""#), body(more: #","position":-1"#), body(more: #","router_ids":["rtr_2"]"#),
            body(more: #","data_limit_bytes":999999"#), body(more: #","data_limit_bytes":1000000000000001"#),
            body(more: #","details":"\#(String(repeating: "x", count: 8_200))""#), "{}",
            body().replacing("86400", with: "59"), body().replacing("86400", with: "31536001"),
            body().replacing("86400", with: "1.5"), body().replacing("corrido", with: "lento"),
            body().replacing("\"default\"", with: "\"\""),
        ]
    ) func `what cannot be sold is refused`(body: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let answer = try await centre.request(.post, "/products", token: token, body: body)
            #expect(answer.status == 422, "\(answer.text)")
            let version = try await centre.centre.database.read { session in
                try session.first("SELECT snapshot_version FROM site WHERE site_id = 'site_1'")?
                    .integer("snapshot_version")
            }
            #expect(version == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: DatabaseKind.allCases)
    func `a product of one router wakes the box of its site alone`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let site = #"{"name":"Dos","api":{"host":"h","username":"u","password":"p"}}"#
            let router = try await centre.request(.post, "/admin/empresas/emp_1/routers", token: token, body: site)
            let enrolment = TestBox.enrolment(
                router["enrolment", "code"],
                incarnation: String(repeating: "d", count: 32)
            )
            let second = try TestBox(
                centre: centre,
                reply: try await centre.request(.post, "/sync/enroll", body: enrolment)
            )
            let first = try await TestBox.enrol(centre)
            async let one = first.poll(applied: 1, wait: 10)
            async let two = second.poll(applied: 2, wait: 10)
            await centre.waiting.reaches(2)
            let mine = Self.body(more: #","router_ids":["\#(router["router", "id"])"]"#)
            _ = try await Self.make(centre, token, mine)
            #expect(try second.snapshot(in: try await two)?.products.count == 1)
            #expect(centre.centre.waiters.count == 1)
            // Moving it tells both: where it was and where it is.
            let moved = Self.body(more: #","router_ids":["rtr_1"]"#)
            async let gone = second.poll(applied: 3, wait: 10)
            _ = try await centre.request(.put, "/products/1", token: token, ifMatch: "*", body: moved)
            #expect(try first.snapshot(in: try await one)?.products.map(\.routerIDs) == [["rtr_1"]])
            #expect(try second.snapshot(in: try await gone)?.products.isEmpty == true)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `an order, a highlight and a switch`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            for name in ["a", "b", "c"] { _ = try await Self.make(centre, token, Self.body(name)) }
            func names(_ query: String = "") async throws -> [String] {
                try await centre.request(.get, "/products" + query, token: token).json["items"].elements
                    .compactMap { $0["name"].text }
            }
            #expect(try await names() == ["a", "b", "c"])
            let reordered = try await centre.request(
                .post,
                "/products/reorder",
                token: token,
                body: #"{"product_ids":[3,1,2]}"#
            )
            #expect(reordered.status == 204)
            #expect(try await names() == ["c", "a", "b"])
            for ids in ["[3,1]", "[3,1,2,2]", "[3,1,1]", "[3,1,9]", "[]"] {
                let body = #"{"product_ids":\#(ids)}"#
                let answer = try await centre.request(.post, "/products/reorder", token: token, body: body)
                #expect(answer.status == 409 && answer.code == "catalogue_changed")
            }
            let featured = try await centre.request(
                .post,
                "/products/2/feature",
                token: token,
                body: #"{"featured":true}"#
            )
            #expect(featured.json["featured"] == .bool(true))
            _ = try await centre.request(.post, "/products/1/activate", token: token, body: #"{"active":false}"#)
            #expect(try await names("?featured=true") == ["b"])
            #expect(try await names("?active=true") == ["c", "b"])
            let snapshot = try #require(try box.snapshot(in: try await box.poll(applied: 1)))
            #expect(snapshot.catalogue(routerID: "rtr_1").map(\.name) == ["c", "b"])
            // What changes nothing wakes nobody.
            _ = try await centre.request(.post, "/products/1/activate", token: token, body: #"{"active":false}"#)
            #expect(try await box.poll(applied: snapshot.snapshotVersion).json["snapshot"] == .null)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a list comes in parts, and by router`(kind: DatabaseKind) async throws
    {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let other = #"{"name":"Dos","site_id":"site_1","api":{"host":"h","username":"u","password":"p"}}"#
            let router = try await centre.request(.post, "/admin/empresas/emp_1/routers", token: token, body: other)
            let mine = #","router_ids":["\#(router["router", "id"])"]"#
            for more in ["", mine, #","router_ids":["rtr_1"]"#, #","position":0"#] {
                _ = try await Self.make(centre, token, Self.body(more: more))
            }
            var (ids, cursor) = ([JSONValue](), "")
            repeat {
                let path = "/products?limit=1" + (cursor.isEmpty ? "" : "&cursor=" + cursor)
                let part = try await centre.request(.get, path, token: token)
                ids += part.json["items"].elements.map { $0["id"] }
                cursor = part["next_cursor"]
            } while !cursor.isEmpty
            #expect(ids == [4, 1, 2, 3].map { JSONValue.integer($0) })
            let cajero = try await centre.token(of: .cajero)
            let sold = try await centre.request(.get, "/products?router_id=rtr_1", token: cajero)
            #expect(sold.json["items"].elements.map { $0["id"] } == [4, 1, 3].map { JSONValue.integer($0) })
            #expect(try await centre.request(.get, "/products?active=x", token: token).status == 422)
            #expect(try await centre.request(.get, "/products/x", token: token).status == 404)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `two who add at once get two numbers`(kind: DatabaseKind) async throws
    {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 0..<8 {
                    group.addTask { try await Self.make(centre, token, Self.body("p\(number)")) }
                }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            #expect(ids == Set(1...8))
        }
    }
}
