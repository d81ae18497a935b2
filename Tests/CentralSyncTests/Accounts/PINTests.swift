import Foundation
import HTTPTypes
import ServerKit
import Shared
import Testing

@testable import CentralSync

/// The PIN of a cajero, from the person who sets it to the box that checks it.
@Suite struct PINTests {
    private static let path = "/mi-empresa/usuarios/\(CentralFixture.id(.cajero))/pin"
    private static let pin = "482916"

    @Test(arguments: DatabaseKind.allCases) func `a PIN reaches the box as a hash, and nobody else`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            let before = try box.snapshot(in: try await box.poll(applied: 0))
            #expect(before?.cashiers == nil)
            let token = try await centre.token(of: .clienteAdmin)
            let set = try await centre.request(.put, Self.path, token: token, body: #"{"pin":"\#(Self.pin)"}"#)
            #expect(set.status == 200, "\(set.text)")
            #expect(set.json["has_pin"] == .bool(true) && !set.text.contains("scrypt"))

            let answer = try await box.poll(applied: before?.snapshotVersion ?? 0)
            let cashier = try #require(try box.snapshot(in: answer)?.cashiers?.first)
            #expect((cashier.id, cashier.name, cashier.routerIDs) == (CentralFixture.id(.cajero), "cajero", ["rtr_1"]))
            let hasher = CentralFixture.cheapHasher()
            #expect(try await hasher.verify(Secret(Self.pin), against: cashier.pinHash) != .wrong)
            #expect(try await hasher.verify(Secret("482917"), against: cashier.pinHash) == .wrong)
            // Another empresa's box hears nothing.
            let other = try await TestBox.enrol(centre, empresa: "2")
            #expect(try other.snapshot(in: try await other.poll(applied: 0))?.cashiers == nil)

            let root = try await centre.token(of: .superAdmin)
            let log = try await centre.request(.get, "/admin/audit", token: root).text
            #expect(log.contains("usuario.pin") && !log.contains(Self.pin) && !log.contains("scrypt"))
        }
    }

    @Test(
        arguments: [
            #","role":"cajero","is_disabled":true,"router_ids":["rtr_1"]"#, #","role":"cajero","is_disabled":false"#,
        ]
    ) func `who is disabled or sells elsewhere is in no document any more`(change: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let box = try await TestBox.enrol(centre)
            let token = try await centre.token(of: .clienteAdmin)
            _ = try await centre.request(.put, Self.path, token: token, body: #"{"pin":"\#(Self.pin)"}"#)
            let first = try #require(try box.snapshot(in: try await box.poll(applied: 0)))
            #expect(first.cashiers?.count == 1)
            let body = #"{"email":"cajero@1.mx","name":"cajero"\#(change)}"#
            let path = "/mi-empresa/usuarios/" + CentralFixture.id(.cajero)
            #expect(try await centre.request(.put, path, token: token, ifMatch: "*", body: body).status == 200)
            let next = try box.snapshot(in: try await box.poll(applied: first.snapshotVersion))
            #expect(try #require(next).cashiers == nil)
        }
    }

    @Test func `who is no cajero any more has no PIN, also when they are one again`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .superAdmin)
            let path = "/admin/usuarios/" + CentralFixture.id(.cajero)
            _ = try await centre.request(.put, path + "/pin", token: token, body: #"{"pin":"\#(Self.pin)"}"#)
            for (role, hasPIN) in [("tecnico", JSONValue.null), ("cajero", .bool(false))] {
                let body =
                    #"{"email":"cajero@1.mx","name":"c","role":"\#(role)","empresa_id":"emp_1","is_disabled":false}"#
                let answer = try await centre.request(.put, path, token: token, ifMatch: "*", body: body)
                #expect(answer.json["has_pin"] == hasPIN, "\(answer.text)")
                #expect(try await centre.request(.get, path, token: token).json["has_pin"] == hasPIN)
            }
        }
    }

    @Test func `cajeros change their own with their password`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .cajero)
            func change(_ password: String) async throws -> CentralAnswer {
                let body = #"{"current_password":"\#(password)","pin":"\#(Self.pin)"}"#
                return try await centre.request(.put, "/auth/pin", token: token, body: body)
            }
            #expect(try await change("otra cosa larga").code == "wrong_password")
            #expect(try await change(CentralFixture.password).status == 204)
            #expect(try await centre.request(.get, "/auth/me", token: token).json["has_pin"] == .bool(true))
        }
    }

    @Test(arguments: ["", "123", "123456789", "1234", "9876", "0000", "12a4", "１２３９", " 4829", "48.29"])
    func `what is too short, too long, obvious or no number is none`(pin: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let answer = try await centre.request(.put, Self.path, token: token, body: #"{"pin":"\#(pin)"}"#)
            #expect(answer.status == 422 && answer.code == "invalid_field")
            let tecnico = "/mi-empresa/usuarios/\(CentralFixture.id(.tecnico))/pin"
            let other = try await centre.request(.put, tecnico, token: token, body: #"{"pin":"4829"}"#)
            #expect(other.status == 403)
        }
    }
}
