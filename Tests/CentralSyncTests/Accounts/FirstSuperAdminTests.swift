import HTTPTypes
import Shared
import Testing

@testable import CentralSync

@Suite struct FirstSuperAdminTests {
    @Test(arguments: DatabaseKind.allCases) func `the first start makes one, the next ones none`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let database = centre.centre.database
            try await database.write { session in
                try session.execute("DELETE FROM usuario WHERE role = 'super_admin'")
            }
            let first = FirstSuperAdmin(centre: centre.centre)
            await #expect(throws: CentralSettingsError.self) { try await first.ensure(email: nil, password: nil) }
            try await first.ensure(email: "primero@centro.mx", password: Secret("tres gatos verdes"))
            try await first.ensure(email: "segundo@centro.mx", password: Secret("tres gatos rojos"))
            try await first.ensure(email: nil, password: nil)
            let rows = try await database.read { session in
                try session.query("SELECT email FROM usuario WHERE role = 'super_admin'")
            }
            #expect(try rows.map { try $0.text("email") } == ["primero@centro.mx"])
            let session = try await centre.login("primero@centro.mx", password: "tres gatos verdes")
            #expect(session.json["usuario"]["must_change_password"] == .bool(true))
            let token = session["access_token"]
            #expect(
                try await centre.request(.get, "/admin/usuarios", token: token).code == "password_change_required"
            )
        }
    }
}
