import Foundation
import HTTPTypes
import Shared
import Testing

@testable import CentralSync

@Suite struct ExportRouteTests {
    @Test(arguments: DatabaseKind.allCases) func `a stream is the same as the file`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            var random = RandomSales(seed: 3)
            try await random.send(200, to: centre.centre.database)
            let token = try await centre.token(of: .superAdmin)
            let now = centre.time.now
            let expected = try await centre.centre.database.read(.long) { session in
                var bytes: [UInt8] = []
                _ = try Exporter(session: session, now: now).writeSQL { bytes += $0 }
                return String(decoding: bytes, as: UTF8.self)
            }
            let sql = try await centre.request(.get, "/admin/exports/postgresql", token: token)
            #expect(sql.status == 200 && sql.text == expected)
            #expect(sql.text.split(separator: "\n").last?.hasPrefix(#"-- manifest {"complete_until":"#) == true)
            #expect(sql.headers[.contentDisposition] == "attachment; filename=\"fichas.sql\"")
            let csv = try await centre.request(.get, "/admin/exports/csv/ventas?empresa_id=emp_b", token: token)
            #expect(csv.text.hasPrefix("empresa_id,venta_id,"))
            #expect(csv.text.contains("emp_b") && !csv.text.contains("emp_a"))
        }
    }

    @Test(arguments: [
        ("/admin/exports/csv/usuario", 404), ("/admin/exports/csv/venta", 404),
        ("/admin/exports/csv/ventas?since=ayer", 422), ("/admin/exports/postgresql?empresa_id=no", 404),
        ("/admin/exports/postgresql?empresa_id='%3B--", 404), ("/admin/exports/full", 404),
    ])
    func `what cannot be exported is refused`(path: String, status: Int) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .superAdmin)
            #expect(try await centre.request(.get, path, token: token).status == status)
        }
    }

    @Test func `one export at a time, and the next when it is let go`() {
        let turns = ExportTurns()
        do {
            let first = turns.take()
            #expect(first != nil && turns.take() == nil)
            withExtendedLifetime(first) {}
        }
        #expect(turns.take() != nil)
    }
}
