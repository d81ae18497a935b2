import Foundation
import HTTPTypes
import Shared
import Testing

@testable import CentralSync

/// What slips say and where they come out: set at the centre, checked there, and the box's with the next document.
@Suite struct SlipTests {
    private static let site = "/admin/empresas/emp_1/sites/site_1"
    private static let logo = "UDQgOCAxIP8="

    private static func printer(_ more: String = "", address: String = "192.168.88.50", paper: String = "58") -> String
    {
        #"{"name":" Caja  1 ","address":"\#(address)","paper":"\#(paper)"\#(more)}"#
    }

    private static func body(_ printers: String...) -> String {
        #"{"name":"Tienda","wifi_name":"Plaza","printers":[\#(printers.joined(separator: ","))]}"#
    }

    @Test(arguments: DatabaseKind.allCases) func `from the owner to the box's document, and away again`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            let before = try #require(try box.snapshot(in: try await box.poll(applied: 0)))
            #expect(before.slips == nil && before.printers == nil)
            let read = try await centre.request(.get, "/mi-empresa/slips", token: owner)
            #expect(read.status == 200 && read.json["lines"] == .array([]) && read.json["logo_pbm"] == .null)
            let draft = #"{"lines":["  ¡Gracias   por tu compra! ","2"],"logo_pbm":"\#(Self.logo)"}"#
            #expect(try await centre.request(.put, "/mi-empresa/slips", token: owner, body: draft).status == 428)
            let tag = read.headers[.eTag]
            let set = try await centre.request(.put, "/mi-empresa/slips", token: owner, ifMatch: tag, body: draft)
            #expect(set.status == 200 && set.headers[.eTag] != tag, "\(set.text)")
            let late = try await centre.request(.put, "/mi-empresa/slips", token: owner, ifMatch: tag, body: draft)
            #expect(late.status == 412)
            let printers = Self.body(
                Self.printer(#","opens_drawer":true"#),
                Self.printer(address: "10.0.0.9:9101", paper: "80")
            )
            let sold = try await centre.request(.put, Self.site, token: owner, ifMatch: "*", body: printers)
            #expect(sold.status == 200 && sold["wifi_name"] == "Plaza", "\(sold.text)")
            #expect(try await centre.request(.get, Self.site, token: owner).json["printers"] == sold.json["printers"])

            let snapshot = try #require(try box.snapshot(in: try await box.poll(applied: before.snapshotVersion)))
            #expect(snapshot.slips?.lines == ["¡Gracias por tu compra!", "2"] && snapshot.slips?.wifiName == "Plaza")
            #expect(snapshot.slips?.logo == (try SlipLogo(base64: Self.logo)))
            let made = try #require(snapshot.printers)
            #expect(made.map(\.name) == ["Caja 1", "Caja 1"] && made.map(\.paper) == [.mm58, .mm80])
            #expect(made.map(\.address.description) == ["192.168.88.50", "10.0.0.9:9101"])
            #expect(made.map(\.opensDrawer) == [true, nil] && made.allSatisfy { $0.id.hasPrefix("prn_") })

            // One keeps its name for those who chose it; what is left out is gone.
            let kept = Self.body(Self.printer(#","id":"\#(made[1].id)""#))
            _ = try await centre.request(.put, Self.site, token: owner, ifMatch: "*", body: kept)
            _ = try await centre.request(.put, "/mi-empresa/slips", token: owner, ifMatch: "*", body: "{}")
            let last = try #require(try box.snapshot(in: try await box.poll(applied: snapshot.snapshotVersion)))
            #expect(last.printers?.map(\.id) == [made[1].id] && last.slips?.lines == nil && last.slips?.logo == nil)
            let admin = try await centre.token(of: .superAdmin)
            let log = try await centre.request(.get, "/admin/audit?action=empresa.slips", token: admin)
            let changes = log.json["items"].elements
            #expect(changes.count == 2 && !log.text.contains(Self.logo))
            #expect(changes.first?["before"]["logo_sha256"] == .string(SHA256Digest(of: Self.logo).hexadecimal))
        }
    }

    @Test(arguments: [
        printer(address: "8.8.8.8"), printer(address: "impresora.mx"), printer(address: "192.168.88.50:0"),
        printer(address: "172.32.0.1"), printer(address: "::1"), printer(paper: "57"), printer(#","id":"a b""#),
        printer(#","id":"a""#) + "," + printer(#","id":"a""#), #"{"address":"10.0.0.1","paper":"58"}"#,
        #"{"name":"","address":"10.0.0.1","paper":"58"}"#,
        Array(repeating: printer(), count: 17).joined(separator: ","),
    ])
    func `a printer that boxes would refuse is refused`(printers: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let body = Self.body(printers)
            let answer = try await centre.request(.put, Self.site, token: owner, ifMatch: "*", body: body)
            #expect(answer.status == 422 && answer.code == "invalid_field", "\(answer.text)")
            #expect(try await centre.request(.get, Self.site, token: owner).json["printers"] == .array([]))
        }
    }

    @Test(arguments: [
        #"{"lines":["1","2","3","4","5","6","7"]}"#, #"{"lines":[""]}"#, #"{"lines":["a\u0000b"]}"#,
        #"{"lines":["\#(String(repeating: "x", count: 97))"]}"#, #"{"lines":"x"}"#, #"{"logo_pbm":"no"}"#,
        #"{"logo_pbm":"UDUgOCAxIP8="}"#, #"{"logo_pbm":"\#(String(repeating: "A", count: 12_004))"}"#,
    ])
    func `slips that boxes would refuse are refused`(body: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let path = "/mi-empresa/slips"
            let answer = try await centre.request(.put, path, token: owner, ifMatch: "*", body: body)
            #expect(answer.status == 422 && answer.code == "invalid_field", "\(answer.text)")
            #expect(try await centre.request(.get, path, token: owner).json["version"] == .integer(1))
        }
    }
}
