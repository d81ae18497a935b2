import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ServerKit
import Shared
import Testing

@testable import CentralSync

@Suite struct UsuarioTests {
    private static func body(
        email: String = "nueva@1.mx",
        role: Role = .cajero,
        empresa: String? = "emp_1",
        routers: [String] = [],
        more: String = ""
    ) -> String {
        let empresa = empresa.map { #","empresa_id":"\#($0)""# } ?? ""
        let routers = routers.isEmpty ? "" : #","router_ids":["\#(routers.joined(separator: #"",""#))"]"#
        return #"{"email":"\#(email)","name":" María  H ","role":"\#(role.rawValue)"\#(empresa)\#(routers)\#(more)}"#
    }

    @Test(arguments: DatabaseKind.allCases) func `a new person gets a password once, and changes it at the first login`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            let made = try await centre.request(
                .post,
                "/admin/usuarios",
                token: token,
                body: Self.body(routers: ["rtr_1"])
            )
            #expect(made.status == 201)
            #expect(made["name"] == "María H")
            #expect(made.headers[.location] == "/admin/usuarios/" + made["id"])
            #expect(made.headers[.eTag] == "\"v1\"")
            let temporary = made["temporary_password"]
            let read = try await centre.request(.get, "/admin/usuarios/" + made["id"], token: token)
            #expect(read["temporary_password"].isEmpty)
            #expect(read.json["router_ids"].elements == [.string("rtr_1")])

            let own = try await centre.login("nueva@1.mx", password: temporary)["access_token"]
            #expect(try await centre.request(.get, "/auth/me", token: own).json["must_change_password"] == .bool(true))
            let change = #"{"current_password":"\#(temporary)","new_password":"gato verde"}"#
            #expect(try await centre.request(.post, "/auth/password", token: own, body: change).status == 204)
            let session = try await centre.login("nueva@1.mx", password: "gato verde")
            #expect(session.json["usuario"]["must_change_password"] == .bool(false))
            let log = try await centre.request(.get, "/admin/audit", token: token).text
            #expect(!log.contains(temporary) && !log.contains("gato verde") && !log.contains("scrypt"))
        }
    }

    @Test func `a temporary password ends after a week`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let id = CentralFixture.id(.cajero)
            let path = "/admin/usuarios/\(id)/password"
            let old = try await centre.token(of: .cajero)
            let reset = try await centre.request(.post, path, token: try await centre.token(of: .superAdmin))
            #expect(reset.status == 200)
            #expect(try await centre.request(.get, "/auth/me", token: old).code == "session_ended")
            let email = CentralFixture.email(.cajero)
            #expect(try await centre.login(email, password: reset["temporary_password"]).status == 200)
            centre.time.advance(by: .seconds(7 * 86_400))
            #expect(try await centre.login(email, password: reset["temporary_password"]).code == "password_expired")
        }
    }

    @Test(
        arguments: [
            (body(email: "nadie"), 422), (body(email: "cajero@2.mx"), 409), (body(role: .superAdmin), 422),
            (body(role: .clienteAdmin, empresa: nil), 422), (body(empresa: "emp_no"), 422),
            (body(routers: ["rtr_2"]), 422), (body(role: .clienteAdmin, routers: ["rtr_1"]), 422),
            (body(more: #","password":"corta""#), 422), (body(role: .tecnico, empresa: nil), 201),
            (body(role: .superAdmin, empresa: nil), 201), (body(more: #","password":"gato verde""#), 201), ("{}", 422),
        ]
    ) func `what does not fit together is refused`(body: String, status: Int) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .superAdmin)
            let answer = try await centre.request(.post, "/admin/usuarios", token: token, body: body)
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `two who change the same person do not overwrite each other`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            let path = "/admin/usuarios/" + CentralFixture.id(.cajero)
            let body = Self.body(email: "otra@1.mx", routers: ["rtr_1"], more: #","is_disabled":false"#)
            #expect(try await centre.request(.put, path, token: token, body: body).status == 428)
            let first = try await centre.request(.put, path, token: token, ifMatch: "\"v1\"", body: body)
            #expect(first.status == 200)
            #expect(first.headers[.eTag] == "\"v2\"")
            let second = try await centre.request(.put, path, token: token, ifMatch: "\"v1\"", body: body)
            #expect(second.status == 412)
            #expect(second.code == "version_conflict")
            let third = try await centre.request(.put, path, token: token, ifMatch: "W/\"v2\"", body: body)
            #expect(third.status == 200)
            let unsaid = Self.body(email: "otra@1.mx")
            #expect(try await centre.request(.put, path, token: token, ifMatch: "*", body: unsaid).status == 422)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `who is disabled is out at once and stays out when enabled again`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let (admin, token) = (try await centre.token(of: .superAdmin), try await centre.token(of: .cajero))
            let path = "/admin/usuarios/" + CentralFixture.id(.cajero)
            for isDisabled in [true, false] {
                let body = Self.body(email: "cajero@1.mx", more: #","is_disabled":\#(isDisabled)"#)
                #expect(
                    try await centre.request(.put, path, token: admin, ifMatch: "*", body: body).status == 200
                )
                #expect(try await centre.request(.get, "/auth/me", token: token).code == "session_ended")
            }
            #expect(try await centre.login("cajero@1.mx").status == 200)
        }
    }

    @Test func `nobody locks themselves out`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .superAdmin)
            let path = "/admin/usuarios/" + CentralFixture.id(.superAdmin)
            for (role, isDisabled) in [(Role.superAdmin, true), (.tecnico, false)] {
                let more = #","is_disabled":\#(isDisabled)"#
                let body = Self.body(email: "root@centro.mx", role: role, empresa: nil, more: more)
                let answer = try await centre.request(.put, path, token: token, ifMatch: "*", body: body)
                #expect(answer.code == "own_account")
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `of two super admins who disable each other one remains`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            let second = Self.body(email: "dos@centro.mx", role: .superAdmin, empresa: nil)
            let made = try await centre.request(.post, "/admin/usuarios", token: token, body: second)
            // The second one's request was let in before they were disabled themselves.
            let principal = Principal(
                usuarioID: made["id"],
                email: "dos@centro.mx",
                role: .superAdmin,
                empresaID: nil,
                routerIDs: [],
                sessionID: "ses_1",
                mustChangePassword: false,
                address: ""
            )
            try await centre.centre.database.write { session in
                try session.execute("UPDATE usuario SET is_disabled = 1 WHERE usuario_id = $1", [.text(made["id"])])
            }
            let desk = UsuarioDesk(centre: centre.centre, principal: principal, reach: .all)
            let body = Self.body(
                email: "root@centro.mx",
                role: .superAdmin,
                empresa: nil,
                more: #","is_disabled":true"#
            )
            let draft = try JSONDecoder().decode(UsuarioDraft.self, from: Data(body.utf8))
            let head = HTTPRequest(method: .put, scheme: nil, authority: nil, path: "/", headerFields: [.ifMatch: "*"])
            let ifMatch = try IfMatch(Request(head: head, body: .init(buffer: ByteBuffer())))
            let error = await #expect(throws: APIError.self) {
                try await desk.update(CentralFixture.id(.superAdmin), to: draft, ifMatch: ifMatch)
            }
            #expect(error?.code == "last_super_admin")
        }
    }

    @Test func `the owner of an empresa manages its cajeros and nobody else`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let root = "/mi-empresa/usuarios"
            let list = try await centre.request(.get, root, token: token)
            #expect(
                list.json["items"].elements.compactMap { $0["email"].text }
                    == ["cajero@1.mx", "cliente_admin@1.mx", "tecnico@1.mx"]
            )
            func post(_ body: String) async throws -> Int {
                try await centre.request(.post, root, token: token, body: body).status
            }
            #expect(try await post(Self.body(empresa: nil, routers: ["rtr_1"])) == 201)
            #expect(try await post(Self.body(email: "b@1.mx", empresa: "emp_2")) == 422)
            #expect(try await post(Self.body(email: "b@1.mx", routers: ["rtr_2"])) == 422)
            #expect(try await post(Self.body(email: "b@1.mx", role: .clienteAdmin)) == 403)
            let tecnico = root + "/" + CentralFixture.id(.tecnico)
            let body = Self.body(email: "t@1.mx", more: #","is_disabled":false"#)
            #expect(try await centre.request(.get, tecnico, token: token).status == 200)
            #expect(try await centre.request(.put, tecnico, token: token, ifMatch: "*", body: body).status == 403)
            #expect(try await centre.request(.post, tecnico + "/password", token: token).status == 403)
            let cajero = root + "/" + CentralFixture.id(.cajero)
            let promoted = Self.body(email: "t@1.mx", role: .clienteAdmin, more: #","is_disabled":false"#)
            #expect(try await centre.request(.put, cajero, token: token, ifMatch: "*", body: promoted).status == 403)
            #expect(try await centre.request(.put, cajero, token: token, ifMatch: "*", body: body).status == 200)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a list comes in parts, and filtered`(kind: DatabaseKind) async throws
    {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            var (emails, cursor) = ([String](), "")
            repeat {
                let path = "/admin/usuarios?limit=3" + (cursor.isEmpty ? "" : "&cursor=" + cursor)
                let part = try await centre.request(.get, path, token: token)
                #expect(part.json["items"].elements.count <= 3)
                emails += part.json["items"].elements.compactMap { $0["email"].text }
                cursor = part["next_cursor"]
            } while !cursor.isEmpty
            #expect(emails.count == 7)
            #expect(Set(emails).count == 7)
            let cajeros = try await centre.request(.get, "/admin/usuarios?role=cajero&empresa_id=emp_2", token: token)
            #expect(cajeros.json["items"].elements.compactMap { $0["email"].text } == ["cajero@2.mx"])
            for query in ["limit=0", "limit=201", "limit=x", "cursor=x", "role=x"] {
                #expect(try await centre.request(.get, "/admin/usuarios?" + query, token: token).status == 422)
            }
        }
    }
}
