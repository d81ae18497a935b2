import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Who resells: made and changed at the centre, and known at the boxes they concern.
@Suite struct ResellerTests {
    static let path = "/mi-empresa/revendedores"

    static func body(_ name: String = "Abarrotes Lupita", basisPoints: String = "2000", more: String = "") -> String {
        #"{"name":"\#(name)","commission_bp":\#(basisPoints)\#(more)}"#
    }

    static func make(_ centre: CentralFixture, _ body: String = body()) async throws -> String {
        let token = try await centre.token(of: .clienteAdmin)
        let answer = try await centre.request(.post, path, token: token, body: body)
        #expect(answer.status == 201, "\(answer.text)")
        return answer["id"]
    }

    @Test(arguments: DatabaseKind.allCases) func `a reseller is made, changed and put away, and the box knows it`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            let first = try await centre.request(
                .post,
                Self.path,
                token: token,
                body: Self.body(more: #","contact":"55 1""#)
            )
            let (id, tag) = (first["id"], first.headers[.eTag])
            #expect(first.status == 201 && first.headers[.location] == Self.path + "/" + id)
            let made = try #require(try box.snapshot(in: try await box.poll(applied: 1)))
            let known = try #require(made.reseller(id))
            #expect((known.name, known.contact, known.commissionBasisPoints) == ("Abarrotes Lupita", "55 1", 2_000))
            #expect(known.routerIDs == nil && known.takesFichas(at: "rtr_1"))

            let one = Self.path + "/" + id
            let body = Self.body("La Esquina", basisPoints: "1550", more: #","router_ids":["rtr_1"]"#)
            #expect(try await centre.request(.put, one, token: token, body: body).status == 428)
            let changed = try await centre.request(.put, one, token: token, ifMatch: tag, body: body)
            #expect(changed.status == 200 && changed.json["contact"] == .null && changed.json["version"] == .integer(2))
            #expect(try await centre.request(.put, one, token: token, ifMatch: tag, body: body).status == 412)
            let next = try #require(try box.snapshot(in: try await box.poll(applied: made.snapshotVersion)))
            #expect(next.resellers?.map(\.commissionBasisPoints) == [1_550])
            #expect(next.resellers?.first?.routerIDs == ["rtr_1"])

            let away = Self.body("La Esquina", basisPoints: "1550", more: #","is_active":false"#)
            #expect(try await centre.request(.put, one, token: token, ifMatch: "*", body: away).status == 200)
            let last = try #require(try box.snapshot(in: try await box.poll(applied: next.snapshotVersion)))
            #expect(last.resellers == nil)
            let all = try await centre.request(.get, Self.path, token: token).json["items"].elements
            #expect(all.map { $0["is_active"] } == [.bool(false)])
            #expect(
                try await centre.request(.get, Self.path + "?active=true", token: token).json["items"].elements == []
            )
            let root = try await centre.token(of: .superAdmin)
            let log = try await centre.request(.get, "/admin/audit", token: root).json["items"].elements
            #expect(Set(log.compactMap { $0["action"].text }).isSuperset(of: ["reseller.create", "reseller.update"]))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `one of another site's routers is not in this site's document`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let site = #"{"name":"Dos","api":{"host":"h","username":"u","password":"p"}}"#
            let router = try await centre.request(.post, "/admin/empresas/emp_1/routers", token: token, body: site)
            let box = try await TestBox.enrol(centre)
            let other = #","router_ids":["\#(router["router", "id"])"]"#
            _ = try await Self.make(centre, Self.body("Lejos", more: other))
            let mine = try await Self.make(centre, Self.body("Aquí", more: #","router_ids":["rtr_1"]"#))
            let document = try #require(try box.snapshot(in: try await box.poll(applied: 1)))
            #expect(document.resellers?.map(\.id) == [mine])
        }
    }

    @Test(arguments: [
        body(""), body(basisPoints: "-1"), body(basisPoints: "10001"), body(basisPoints: "12.5"),
        body(basisPoints: "null"),
        body("a\\u0000"), body(more: #","router_ids":["rtr_2"]"#), "{}", #"{"name":"x"}"#,
        body(more: #","contact":"\#(String(repeating: "x", count: 201))""#), body(String(repeating: "n", count: 121)),
    ]) func `what cannot be is refused, and no box is woken`(body: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let answer = try await centre.request(.post, Self.path, token: token, body: body)
            #expect(answer.status == 422, "\(answer.text)")
            let version = try await centre.centre.database.read { session in
                try session.first("SELECT snapshot_version FROM site WHERE site_id = 'site_1'")?
                    .integer("snapshot_version")
            }
            #expect(version == 1)
        }
    }
}
