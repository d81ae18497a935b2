import Foundation
import HTTPTypes
import Shared
import Testing

@testable import CentralSync

@Suite struct EmpresaTests {
    @Test(arguments: DatabaseKind.allCases) func `an empresa is made, read and changed`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            let body = #"{"name":"  WiFi   Ñandú ","support_contact":"55 1234"}"#
            let made = try await centre.request(.post, "/admin/empresas", token: token, body: body)
            #expect(made.status == 201)
            #expect(made["name"] == "WiFi Ñandú")
            #expect(made["conekta", "source"] == "none")
            let path = "/admin/empresas/" + made["id"]
            #expect(made.headers[.location] == path)
            let change = #"{"name":"Otra","is_disabled":true}"#
            #expect(try await centre.request(.put, path, token: token, body: change).status == 428)
            let tag = made.headers[.eTag]
            let changed = try await centre.request(.put, path, token: token, ifMatch: tag, body: change)
            #expect(changed.status == 200)
            #expect(changed.json["is_disabled"] == .bool(true))
            #expect(changed.json["support_contact"] == .null)
            #expect(changed.headers[.eTag] == "\"v2\"")
            let late = try await centre.request(.put, path, token: token, ifMatch: tag, body: change)
            #expect(late.status == 412 && late.code == "version_conflict")
            let read = try await centre.request(.get, path, token: token)
            #expect(read.json == changed.json)
            let log = try await centre.request(.get, "/admin/audit?action=empresa.update", token: token)
            #expect(log.json["items"].elements.first?["before"]["name"] == .string("WiFi Ñandú"))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a list comes in parts, by name, and filtered`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            for name in ["b", "a", "a"] {
                let body = #"{"name":"\#(name)","is_disabled":true}"#
                _ = try await centre.request(.post, "/admin/empresas", token: token, body: body)
            }
            var (names, cursor) = ([String](), "")
            repeat {
                let path = "/admin/empresas?limit=2" + (cursor.isEmpty ? "" : "&cursor=" + cursor)
                let part = try await centre.request(.get, path, token: token)
                names += part.json["items"].elements.compactMap { $0["name"].text }
                cursor = part["next_cursor"]
            } while !cursor.isEmpty
            #expect(names == ["a", "a", "b", "emp_1", "emp_2"])
            let disabled = try await centre.request(.get, "/admin/empresas?is_disabled=true", token: token)
            #expect(disabled.json["items"].elements.count == 3)
            #expect(try await centre.request(.get, "/admin/empresas?is_disabled=x", token: token).status == 422)
        }
    }

    @Test(arguments: ["", "  ", String(repeating: "x", count: 81), "a\\u0000b", "a\\u0007b"])
    func `a name that is none is refused`(name: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .superAdmin)
            let body = #"{"name":"\#(name)"}"#
            let answer = try await centre.request(.post, "/admin/empresas", token: token, body: body)
            #expect(answer.status == 422 && answer.code == "invalid_field")
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `an empresa that is disabled sells nothing, and its people are out`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let (token, owner) = (try await centre.token(of: .superAdmin), try await centre.token(of: .clienteAdmin))
            let box = try await TestBox.enrol(centre)
            let product = try await centre.request(.post, "/products", token: owner, body: ProductTests.body())
            #expect(product.status == 201, "\(product.text)")
            #expect(try box.snapshot(in: try await box.poll(applied: 0))?.products.count == 1)
            let change = #"{"name":"emp_1","is_disabled":true}"#
            _ = try await centre.request(.put, "/admin/empresas/emp_1", token: token, ifMatch: "*", body: change)
            let snapshot = try box.snapshot(in: try await box.poll(applied: 2))
            #expect(snapshot?.products.isEmpty == true)
            #expect(snapshot?.routers.count == 1)
            #expect(try await centre.request(.get, "/mi-empresa", token: owner).status == 401)
        }
    }

    @Test func `an owner changes what is theirs, not whether it is disabled`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let read = try await centre.request(.get, "/mi-empresa", token: owner)
            #expect(read["id"] == "emp_1")
            let body = #"{"name":"Nueva","support_contact":"5512345678","is_disabled":true}"#
            let tag = read.headers[.eTag]
            let changed = try await centre.request(.put, "/mi-empresa", token: owner, ifMatch: tag, body: body)
            #expect(changed["name"] == "Nueva" && changed["support_contact"] == "5512345678")
            #expect(changed.json["is_disabled"] == .bool(false))
            let box = try await TestBox.enrol(centre)
            #expect(try box.snapshot(in: try await box.poll(applied: 0))?.empresa.supportContact == "5512345678")
        }
    }
}
