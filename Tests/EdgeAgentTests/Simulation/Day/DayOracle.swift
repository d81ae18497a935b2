import ConektaSimulator
import Foundation
import GRDB
import RouterOSSimulator
import Shared
import Store

@testable import EdgeAgent

/// What has to hold at the end of a ``SimulatedDay``, by what Conekta, the router, the centre and the people know.
struct DayOracle {
    /// Once a minute while all is well, twice a minute while nothing is, and half of that again for a line that stutters.
    private static let mostLooksInAnHour = 180
    /// The box's own patience with the centre is fifteen seconds on the average, for two questions.
    private static let mostQuestionsToCentreInAnHour = 600

    let day: SimulatedDay

    func violations(in database: DurableDatabase) async throws -> [String] {
        let oracle = MoneyOracle(world: day.world, buyers: day.ledger.buyers)
        var found = try await oracle.violations(in: database)
        found += try await cash(database)
        found += cards()
        found += try centre()
        found += manners()
        return found
    }

    /// Every sale is there, under its folio, and its ficha works.
    private func cash(_ database: DurableDatabase) async throws -> [String] {
        var found: [String] = []
        let known = day.ledger.cashSales
        for (till, sales) in Dictionary(grouping: known, by: \.tillID) {
            let folios = sales.map(\.folio).sorted()
            if folios != (1...Int64(sales.count)).map({ $0 }) { found.append("\(till) has the folios \(folios)") }
        }
        let rows = try await written(database)
        if rows.count != known.count { found.append("\(known.count) sold for cash, \(rows.count) written down") }
        let users = Set(day.world.router.ledger.presentUsers.map(\.name))
        for row in rows {
            guard let sale = known.first(where: { $0.id.text == row.id }) else {
                found.append("\(row.id) was sold by nobody")
                continue
            }
            if row.folio != sale.folio || row.cents != sale.cents || row.isVoided != sale.isVoided {
                found.append("\(sale.id) is not what was sold")
            }
            if users.contains(row.code) == row.isVoided {
                found.append("\(sale.id) \(row.isVoided ? "still" : "never") gets somebody online")
            }
        }
        return found
    }

    private struct WrittenSale: Sendable {
        let id: String
        let folio: Int64
        let cents: Int64
        let isVoided: Bool
        let code: String
    }

    private func written(_ database: DurableDatabase) async throws -> [WrittenSale] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT venta_id, folio, voided_at_ms IS NOT NULL AS is_voided, amount_cents, ficha_code
                    FROM counter_sale JOIN venta ON venta.id = counter_sale.venta_id
                    """
            ).map { row in
                WrittenSale(
                    id: row["venta_id"],
                    folio: row["folio"],
                    cents: row["amount_cents"],
                    isVoided: row["is_voided"],
                    code: row["ficha_code"]
                )
            }
        }
    }

    /// Nothing that did not begin while cards were taken ever got as far as Conekta.
    private func cards() -> [String] {
        let begun = Set(day.ledger.begun.map(\.text))
        return day.world.conekta.snapshot.orders.compactMap { order in
            guard case .string(let id)? = order.details.metadata["purchase_id"], begun.contains(id) else {
                return "order \(order.id) belongs to nobody who was asked for a card"
            }
            return nil
        }
    }

    /// The centre has all of it, once, and it adds up.
    private func centre() throws -> [String] {
        var found = day.centre.findings
        var ventas: [String: VentaEvent.Venta] = [:]
        var voids: Set<String> = []
        for (index, event) in day.centre.events.enumerated() {
            let data = Data(event.utf8)
            let header = try JSONDecoder().decode(EventHeader.self, from: data)
            if header.seq != index + 1 { found.append("event \(index + 1) says that it is \(header.seq)") }
            switch header.kind {
            case "venta":
                let venta = try JSONDecoder().decode(VentaEvent.self, from: data).venta
                if ventas.updateValue(venta, forKey: venta.id) != nil { found.append("\(venta.id) came twice") }
            case "void":
                let void = try JSONDecoder().decode(VoidEvent.self, from: data).void
                if !voids.insert(void.ventaID).inserted { found.append("\(void.ventaID) was taken back twice") }
            default: break
            }
        }
        let conekta = day.world.conekta.snapshot
        let card = ventas.values.filter { $0.method == "card" }
        let kept = card.reduce(0) { $0 + $1.amountCents - $1.refundedCents }
        if kept != conekta.capturedCents - conekta.refundedCents {
            found.append("the centre has \(kept) by card, Conekta \(conekta.capturedCents - conekta.refundedCents)")
        }
        let cash = Set(
            ventas.values.filter { $0.method == "cash" }.map { "\($0.id) \($0.folio ?? 0) \($0.amountCents)" }
        )
        let sold = Set(day.ledger.cashSales.map { "\($0.id) \($0.folio) \($0.cents)" })
        if cash != sold { found.append("the centre has \(cash.count) for cash, the drawers \(sold.count)") }
        if voids != Set(day.ledger.cashSales.filter(\.isVoided).map(\.id.text)) {
            found.append("the centre has other sales taken back")
        }
        return found
    }

    private func manners() -> [String] {
        var found: [String] = []
        let looks = day.traffic.mostInAnHour(.look)
        if looks > Self.mostLooksInAnHour { found.append("\(looks) looks in an hour") }
        let questions = day.traffic.mostInAnHour(.poll) + day.traffic.mostInAnHour(.events)
        if questions > Self.mostQuestionsToCentreInAnHour {
            found.append("\(questions) questions to the centre in an hour")
        }
        return found
    }

    private struct EventHeader: Decodable {
        let kind: String
        let seq: Int
    }
}
