import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Cortes de caja at the centre: each once, and for their owner to see.
@Suite struct CorteTests {
    private static func event(
        _ seq: Int64,
        id: String = "crt_1",
        number: Int64 = 1,
        counted: Int64 = 2_550,
        voided: Int64 = 1_500,
        abonoCents: Int64? = nil,
        at time: Timestamp = TestWallClock.start
    ) throws -> String {
        let corte = CorteEvent.Corte(
            id: id,
            tillID: "til_1",
            number: number,
            cashierID: CentralFixture.id(.cajero),
            currency: "MXN",
            firstFolio: 1,
            lastFolio: 3,
            saleCount: 3,
            soldCents: 4_500,
            voidCount: 1,
            voidedCents: voided,
            countedCents: counted,
            abonoCount: abonoCents.map { _ in 1 },
            abonoCents: abonoCents
        )
        let event = CorteEvent(boxID: "box", epoch: 1, seq: seq, at: time, corte: corte)
        return String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
    }

    @Test(arguments: DatabaseKind.allCases) func `each is booked once, newest first, and no other empresa's`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            var chain = EventChain(boxID: box.id, incarnation: Tenants.incarnation)
            chain.add(try Self.event(1))
            chain.add(try Self.event(2, id: "crt_2", number: 2, counted: 3_000, at: TestWallClock.start + .seconds(60)))
            // Once more; with another amount; and what cannot be.
            chain.add(try Self.event(3))
            chain.add(try Self.event(4, counted: 3_000))
            chain.add(try Self.event(5, id: "crt_3", voided: 4_501))
            // What a reseller paid should be in the drawer as well.
            let paid = try Self.event(
                6,
                id: "crt_4",
                number: 3,
                counted: 4_000,
                abonoCents: 1_000,
                at: TestWallClock.start - .seconds(60)
            )
            chain.add(paid)
            #expect(try await box.send(chain.batch(1...6)).status == 200)
            let token = try await centre.token(of: .clienteAdmin)
            let all = try await centre.request(.get, "/mi-empresa/cortes", token: token)
            let cortes = all.json["items"].elements
            #expect(cortes.map { $0["id"] } == ["crt_2", "crt_1", "crt_4"].map(JSONValue.string), "\(all.text)")
            #expect(cortes[2]["abono_cents"] == .integer(1_000) && cortes[2]["expected_cents"] == .integer(4_000))
            #expect(cortes[1]["abono_cents"] == .integer(0))
            #expect(cortes[1]["expected_cents"] == .integer(3_000) && cortes[1]["difference_cents"] == .integer(-450))
            #expect(cortes[1]["cashier_name"] == .string("cajero"))
            let first = try await centre.request(.get, "/mi-empresa/cortes?limit=1", token: token)
            let next = "/mi-empresa/cortes?limit=2&cursor=" + first["next_cursor"]
            let second = try await centre.request(.get, next, token: token)
            #expect(second.json["items"].elements.map { $0["id"] } == [.string("crt_1"), .string("crt_4")])
            #expect(second.json["next_cursor"] == .null)
            let other = try await centre.request(
                .get,
                "/mi-empresa/cortes",
                token: try await centre.token(of: .clienteAdmin, "2")
            )
            #expect(other.json["items"].elements.isEmpty)
            let reasons = try await centre.centre.database.read { session in
                try session.query("SELECT reason FROM quarantine ORDER BY seq").map { try $0.text("reason") }
            }
            #expect(reasons == ["corte_conflict", "implausible"])
        }
    }
}
