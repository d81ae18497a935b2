import Foundation
import Shared
import TestSupport

@testable import CentralSync

/// Sales that nobody thought of: boxes of several empresas in several time zones, sending in batches of any size, some of
/// it twice, over some weeks.
struct RandomSales {
    struct Place {
        let empresa: String
        let site: String
        let box: String
        let zone: String
    }

    static let places = [
        Place(empresa: "emp_a", site: "site_1", box: "box_1", zone: "America/Mexico_City"),
        Place(empresa: "emp_a", site: "site_2", box: "box_2", zone: "America/Tijuana"),
        Place(empresa: "emp_b", site: "site_3", box: "box_3", zone: "America/Cancun"),
    ]

    /// What every report is about: 2027-01-15T06:30Z, past midnight in Mexico City and not yet in Tijuana.
    static let now = Timestamp(seconds: 1_799_994_600)

    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// Writes them as boxes send them.
    mutating func send(_ count: Int, to database: any CentralDatabase) async throws {
        for place in Self.places {
            let box = try await database.write { session in
                let box = try Tenants.box(empresa: place.empresa, site: place.site, id: place.box, in: session)
                try session.execute(
                    "UPDATE site SET time_zone = $3 WHERE empresa_id = $1 AND site_id = $2",
                    [.text(place.empresa), .text(place.site), .text(place.zone)]
                )
                // Before the first of its sales: else their clocks would not be believed.
                try session.execute("UPDATE box_epoch SET opened_at_ms = 0")
                return box
            }
            var chain = EventChain(boxID: place.box)
            for number in 0..<count { try add(number, at: place, to: &chain) }
            var sent = 0
            let total = chain.events.count
            while sent < total {
                let from = Int.random(in: max(1, sent - 5)...(sent + 1), using: &generator)
                let to = min(total, from + Int.random(in: 0...40, using: &generator))
                try await Self.ingest(chain.batch(from...to), box, database)
                sent = max(sent, to)
            }
        }
    }

    private mutating func add(_ number: Int, at place: Place, to chain: inout EventChain) throws {
        let ago = Int64.random(in: 0...(45 * 86_400), using: &generator)
        let isRefunded = Int.random(in: 0..<6, using: &generator) == 0
        let cents = Int64.random(in: 1...50, using: &generator) * 100
        let venta = VentaEvent.Venta(
            id: "pur_\(place.box)_\(number)",
            method: ["card", "cash", "reseller", "vale"][Int.random(in: 0..<4, using: &generator)],
            outcome: isRefunded ? .refunded : .delivered,
            routerID: "r\(Int.random(in: 1...3, using: &generator))",
            productID: Int64.random(in: 1...4, using: &generator),
            productName: #"1 hora "rápida"; \ y más"# + "\t\n",
            durationSeconds: 3_600,
            fichaCode: isRefunded ? nil : "4382719056",
            amountCents: cents,
            refundedCents: isRefunded ? cents : 0,
            currency: Int.random(in: 0..<10, using: &generator) == 0 ? "USD" : "MXN",
            orderID: number.isMultiple(of: 3) ? nil : "ord_\(number)",
            chargeID: number.isMultiple(of: 3) ? "" : "chg_\(number)"
        )
        let event = VentaEvent(
            boxID: place.box,
            epoch: 1,
            seq: Int64(chain.events.count) + 1,
            at: Self.now - .seconds(ago),
            venta: venta
        )
        chain.add(String(decoding: try JSONEncoder().encode(event), as: UTF8.self))
        guard venta.method == "cash", !isRefunded, Int.random(in: 0..<3, using: &generator) == 0 else { return }
        let time = event.at + .seconds(Int64.random(in: 0...600, using: &generator))
        try chain.addVoid(of: venta.id, cents: cents, currency: venta.currency, at: time)
    }

    static func ingest(_ batch: EventBatch, _ box: Box, _ database: any CentralDatabase) async throws {
        _ = try await database.write { session in
            try IngestStore(
                box: box,
                batch: batch,
                timeZone: SiteTimeZone.of(box, in: session),
                now: now,
                session: session
            ).run()
        }
    }
}
