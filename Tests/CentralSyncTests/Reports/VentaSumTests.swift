import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// The sums are what the ventas come to, whatever came in whatever order.
@Suite struct VentaSumTests {
    /// By every column of a sum but the amounts.
    private typealias Sums = [[String]: VentaAmounts]

    @Test(arguments: DatabaseKind.allCases, [1, 2, 3] as [UInt64])
    func `the sums are those of the ventas, added up one by one`(kind: DatabaseKind, seed: UInt64) async throws {
        try await kind.withDatabase { database in
            var sales = RandomSales(seed: seed)
            try await sales.send(300, to: database)
            let kept = try await database.read(Self.kept)
            #expect(kept == (try await database.read(Self.naive)))
            #expect(kept.count > 100)
            let check = VentaSumCheck(database: database)
            #expect(try await check.differences().isEmpty)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `what was tampered with is found and repaired`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            var sales = RandomSales(seed: 4)
            try await sales.send(50, to: database)
            let before = try await database.read(Self.kept)
            try await database.write { session in
                try session.execute(
                    "UPDATE venta_sum SET sold_cents = sold_cents + 1 WHERE facet = 'total' AND empresa_id = 'emp_a'"
                )
                try session.execute("DELETE FROM venta_sum WHERE facet = 'hour' AND empresa_id = 'emp_b'")
                try session.execute(
                    """
                    INSERT INTO venta_sum VALUES ('emp_b', 'router', '2027-01-01', 'GMT', 'none', 'card', 'MXN', 1, 1, 0, 0)
                    """
                )
            }
            let check = VentaSumCheck(database: database)
            let found = try await check.differences()
            let (first, second) = (found.filter { $0.empresaID == "emp_a" }, found.filter { $0.empresaID == "emp_b" })
            #expect(!first.isEmpty && first.allSatisfy { $0.facet == "total" && $0.kept != nil && $0.counted != nil })
            #expect(Set(second.map(\.facet)) == ["hour", "router"])
            #expect(second.allSatisfy { ($0.kept == nil) == ($0.facet == "hour") })
            #expect(try await check.differences(limit: 2).count == 2)
            try await check.repair()
            #expect(try await check.differences().isEmpty)
            #expect(try await database.read(Self.kept) == before)
        }
    }

    // MARK: Parts

    private static func kept(_ session: any SQLSession) throws -> Sums {
        var sums: Sums = [:]
        for row in try session.query("SELECT * FROM venta_sum") {
            let columns = ["empresa_id", "facet", "period", "time_zone", "item", "method", "currency"]
            sums[try columns.map { try row.text($0) }] = try VentaAmounts(row)
        }
        return sums
    }

    /// One venta after the other, by rules written down a second time.
    private static func naive(_ session: any SQLSession) throws -> Sums {
        var sums: Sums = [:]
        let voided = Set(
            try session.query("SELECT empresa_id, venta_id FROM venta_void").map { row in
                [try row.text("empresa_id"), try row.text("venta_id")]
            }
        )
        for row in try session.query("SELECT * FROM venta") {
            let name = [try row.text("empresa_id"), try row.text("venta_id")]
            let (date, hour) = (try row.text("local_date"), try row.integer("local_hour"))
            let items = [
                "total": "", "hour": String(format: "%02d", hour), "router": try row.text("router_id"),
                "product": "\(try row.integer("product_id"))",
            ]
            let isSold = try row.text("outcome") == "delivered" && !voided.contains(name)
            for (facet, item) in items {
                for period in [date, String(date.prefix(7))] {
                    let key = [
                        try row.text("empresa_id"), facet, period, try row.text("time_zone"), item,
                        try row.text("method"), try row.text("currency"),
                    ]
                    sums[key, default: VentaAmounts()].soldCount += isSold ? 1 : 0
                    sums[key, default: VentaAmounts()].soldCents += isSold ? try row.integer("amount_cents") : 0
                    sums[key, default: VentaAmounts()].refundedCount += isSold ? 0 : 1
                    sums[key, default: VentaAmounts()].refundedCents += isSold ? 0 : try row.integer("amount_cents")
                }
            }
        }
        return sums
    }
}
