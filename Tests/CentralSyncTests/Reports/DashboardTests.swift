import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

@Suite struct DashboardTests {
    /// At ``RandomSales/now`` it is the 15th in Mexico City and Cancun, and still the 14th in Tijuana.
    private static let names: [ReportPeriod: [String: String]] = [
        .today: ["America/Mexico_City": "2027-01-15", "America/Cancun": "2027-01-15", "America/Tijuana": "2027-01-14"],
        .yesterday: [
            "America/Mexico_City": "2027-01-14", "America/Cancun": "2027-01-14", "America/Tijuana": "2027-01-13",
        ],
        .sameWeekday: [
            "America/Mexico_City": "2027-01-08", "America/Cancun": "2027-01-08", "America/Tijuana": "2027-01-07",
        ],
        .month: ["America/Mexico_City": "2027-01", "America/Cancun": "2027-01", "America/Tijuana": "2027-01"],
    ]

    @Test func `each site has its own day`() {
        for (period, days) in Self.names {
            for (zone, name) in days {
                #expect(period.name(at: RandomSales.now, in: SiteTimeZone.named(zone)) == name)
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `every line is what the ventas of its days come to`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            var sales = RandomSales(seed: 11)
            try await sales.send(400, to: database)
            let ventas = try await database.read { try $0.query(Venta.query).map(Venta.init) }
            for empresaID in [nil, "emp_a", "emp_b"] as [String?] {
                for period in ReportPeriod.allCases {
                    let dashboard = try await database.read { session in
                        try DashboardStore(session, empresaID: empresaID, now: RandomSales.now).dashboard(of: period)
                    }
                    Self.check(dashboard, ventas.filter { empresaID == nil || $0.empresaID == empresaID })
                }
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a figure is complete up to what its slowest box has sent`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let now = Tenants.now + .seconds(3_600)
            try await database.write { session in
                let (first, second) = (
                    try Tenants.box(in: session), try Tenants.box(site: "site_2", id: "box_2", in: session)
                )
                _ = try Tenants.box(empresa: "emp_2", site: "site_3", id: "box_3", in: session)
                try BoxStatus.note(Self.poll(unsynced: 0, at: now), of: first, at: now, in: session)
                try BoxStatus.note(Self.poll(unsynced: 4, at: now), of: second, at: now, in: session)
                try BoxStatus.complete(second, until: now - .seconds(1_000), in: session)
                // What was complete stays so.
                try BoxStatus.complete(second, until: now - .seconds(2_000), in: session)
            }
            let dashboard = try await Self.dashboard(database, at: now)
            let byEmpresa = dashboard.byEmpresa.map { $0.periods[.today]?.completeUntil }
            #expect(byEmpresa == [now - .seconds(1_000), Tenants.now])
            #expect(dashboard.totals[.month]?.completeUntil == Tenants.now)
            #expect(dashboard.byHour.allSatisfy { $0.figure.completeUntil == Tenants.now })
            #expect(dashboard.boxes.count == 3 && dashboard.boxes.awayCount == 1)
            #expect(dashboard.boxes.inTrouble.map(\.boxID) == ["box_3"])
            #expect(dashboard.boxes.inTrouble.map(\.problems) == [[.away]])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `boxes in trouble say why, and a blocked one holds nothing back`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            let now = Tenants.now + .seconds(3_600)
            try await database.write { session in
                let boxes = try (1...3).map { try Tenants.box(site: "site_\($0)", id: "box_\($0)", in: session) }
                for box in boxes.dropFirst() {
                    try BoxStatus.note(Self.poll(unsynced: 0, at: now), of: box, at: now, in: session)
                }
                try BoxStatus.note(
                    Self.poll(unsynced: 0, at: now, doubt: 2, refusal: "no"),
                    of: boxes[1],
                    at: now,
                    in: session
                )
                try BoxStore.markForked(boxes[1], in: session)
                try session.execute("UPDATE box SET is_blocked = 1 WHERE box_id = 'box_1'")
            }
            let dashboard = try await Self.dashboard(database, at: now)
            #expect(dashboard.totals[.today]?.completeUntil == now)
            #expect(dashboard.boxes.count == 2)
            let problems = dashboard.boxes.inTrouble.reduce(into: [:]) { $0[$1.boxID] = Set($1.problems) }
            #expect(problems == ["box_1": [.away, .blocked], "box_2": [.forked, .inDoubt, .routerAway, .refusing]])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `the routes answer, and know their periods`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let root = try await centre.token(of: .superAdmin)
            let all = try await centre.request(.get, "/admin/dashboard?period=month", token: root)
            #expect(all.status == 200)
            #expect(all["period"] == "month")
            #expect(all.json["by_empresa"].elements.compactMap { $0["empresa_id"].text } == ["emp_1", "emp_2"])
            #expect(all.json["by_hour"].elements.count == 24)
            let owner = try await centre.token(of: .clienteAdmin)
            let own = try await centre.request(.get, "/mi-empresa/dashboard", token: owner)
            #expect(own.json["by_empresa"].elements.compactMap { $0["empresa_id"].text } == ["emp_1"])
            #expect(own["period"] == "today")
            let wrong = try await centre.request(.get, "/admin/dashboard?period=ayer", token: root)
            #expect(wrong.status == 422 && wrong.code == "invalid_field")
        }
    }

    // MARK: Parts

    private struct Venta: Sendable {
        static let query = """
            SELECT venta.*, (SELECT COUNT(*) FROM venta_void AS v
                WHERE v.empresa_id = venta.empresa_id AND v.venta_id = venta.venta_id) AS voids
            FROM venta
            """

        let empresaID: String
        let zone: String
        let date: String
        let hour: Int64
        let routerID: String
        let productID: Int64
        let currency: String
        let method: String
        let isSold: Bool
        let cents: Int64

        init(_ row: SQLRow) throws {
            empresaID = try row.text("empresa_id")
            zone = try row.text("time_zone")
            date = try row.text("local_date")
            hour = try row.integer("local_hour")
            routerID = try row.text("router_id")
            productID = try row.integer("product_id")
            currency = try row.text("currency")
            method = try row.text("method")
            isSold = try row.text("outcome") == "delivered" && row.integer("voids") == 0
            cents = try row.integer("amount_cents")
        }
    }

    private static func check(_ dashboard: Dashboard, _ ventas: [Venta]) {
        for (period, days) in names {
            let inPeriod = ventas.filter { venta in days[venta.zone].map { venta.date.hasPrefix($0) } == true }
            #expect(dashboard.totals[period]?.amounts == amounts(inPeriod))
            for line in dashboard.byEmpresa {
                #expect(line.periods[period]?.amounts == amounts(inPeriod.filter { $0.empresaID == line.id }))
            }
            guard period == dashboard.period else { continue }
            let routers = Dictionary(grouping: inPeriod) { [$0.empresaID, $0.routerID] }
            #expect(Set(dashboard.byRouter.map { [$0.empresaID, $0.id] }) == Set(routers.keys))
            for line in dashboard.byRouter {
                #expect(line.figure.amounts == amounts(routers[[line.empresaID, line.id]] ?? []))
            }
            let products = Dictionary(grouping: inPeriod) { [$0.empresaID, "\($0.productID)"] }
            #expect(Set(dashboard.byProduct.map { [$0.empresaID, "\($0.id)"] }) == Set(products.keys))
            for line in dashboard.byProduct {
                #expect(line.figure.amounts == amounts(products[[line.empresaID, "\(line.id)"]] ?? []))
            }
            #expect(dashboard.byHour.count == 24)
            for line in dashboard.byHour {
                #expect(line.figure.amounts == amounts(inPeriod.filter { $0.hour == line.hour }))
            }
        }
    }

    private static func amounts(_ ventas: [Venta]) -> [String: SalesAmounts] {
        ventas.reduce(into: [:]) { amounts, venta in
            var one = VentaAmounts()
            if venta.isSold {
                (one.soldCount, one.soldCents) = (1, venta.cents)
            } else {
                (one.refundedCount, one.refundedCents) = (1, venta.cents)
            }
            amounts[venta.currency, default: SalesAmounts()].add(one, method: venta.method)
        }
    }

    private static func dashboard(_ database: any CentralDatabase, at now: Timestamp) async throws -> Dashboard {
        try await database.read { try DashboardStore($0, empresaID: nil, now: now).dashboard(of: .today) }
    }

    static func poll(
        unsynced: Int64,
        at time: Timestamp,
        doubt: Int64 = 0,
        refusal: String? = nil
    ) -> SyncPoll.Request {
        SyncPoll.Request(
            appliedVersion: 1,
            refusal: refusal,
            waitSeconds: 0,
            sentAt: time,
            report: BoxReport(
                softwareVersion: "1",
                startedAt: time,
                unsyncedEvents: unsynced,
                purchasesInDoubt: doubt,
                purchasesForAttention: 0,
                routers: [.init(id: "r1", isConnected: refusal == nil)]
            ),
            results: []
        )
    }
}
