import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// A reseller's account at the centre: over all sites, and at each.
@Suite struct ResellerAccountTests {
    private static let codes = (0..<10).map { "438271905\($0)" }

    @Test(arguments: DatabaseKind.allCases) func `the balance is the sum over the boxes, shown by site`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let id = try await ResellerTests.make(centre)
            let token = try await centre.token(of: .clienteAdmin)
            let site = #"{"name":"Dos","api":{"host":"h","username":"u","password":"p"}}"#
            let router = try await centre.request(.post, "/admin/empresas/emp_1/routers", token: token, body: site)
            let other = String(repeating: "d", count: 32)
            let enrolment = TestBox.enrolment(router["enrolment", "code"], incarnation: other)
            let reply = try await centre.request(.post, "/sync/enroll", body: enrolment)
            let boxes = [try await TestBox.enrol(centre), try TestBox(centre: centre, reply: reply)]
            for (number, box) in boxes.enumerated() {
                var chain = EventChain(boxID: box.id, incarnation: number == 0 ? Tenants.incarnation : other)
                let entrega = "ent_\(number)"
                try chain.addEntrega(entrega, codes: Self.codes, reseller: id)
                try chain.addResellerVenta(of: entrega, code: Self.codes[0], reseller: id)
                try chain.addDevolucion("dev_\(number)", of: entrega, codes: [Self.codes[9]], reseller: id)
                try chain.addResellerCorte("crv_\(number)", newSold: 4, abonoCents: 3_000, reseller: id)
                if number == 1 {
                    try chain.addResellerCorte(
                        "crv_2",
                        number: 2,
                        previousBalanceCents: 1_800,
                        newSold: 0,
                        abonoCents: 2_000,
                        reseller: id,
                        at: EventChain.now + .seconds(60)
                    )
                }
                #expect(try await box.send(chain.batch(1...chain.events.count)).status == 200)
            }
            let path = "\(ResellerTests.path)/\(id)/cuenta"
            let account = try await centre.request(.get, path, token: token)
            #expect(account.status == 200, "\(account.text)")
            // 1,800 at one site, and a credit of 200 at the other.
            let balance = account.json["balances"].elements[0]
            #expect(balance["currency"] == .string("MXN") && balance["balance_cents"] == .integer(1_600))
            let sites = account.json["sites"].elements
            #expect(Set(sites.map { $0["balance_cents"] }) == [.integer(1_800), .integer(-200)])
            let line = sites[0]["lines"].elements[0]
            #expect(line["delivered"] == .integer(10) && line["returned"] == .integer(1))
            #expect(line["used"] == .integer(1) && line["settled"] == .integer(4))
            #expect(line["commission_cents"] == .integer(300) && line["price_cents"] == .integer(1_500))
            #expect(account.json["cortes"].elements.count == 3)
            let stranger = try await centre.token(of: .clienteAdmin, "2")
            #expect(try await centre.request(.get, path, token: stranger).status == 404)
        }
    }

    @Test func `who was handed nothing owes nothing`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let id = try await ResellerTests.make(centre)
            let token = try await centre.token(of: .clienteAdmin)
            let account = try await centre.request(.get, "\(ResellerTests.path)/\(id)/cuenta", token: token)
            #expect(account.json["balances"].elements.isEmpty && account.json["sites"].elements.isEmpty)
        }
    }
}
