import Foundation
import TestSupport
import Testing

/// A box and its centre as they are delivered: what is set at one is sold at the other, and comes back as sales.
@Suite(.serialized, .timeLimit(.minutes(5))) struct EnrolledBoxTests {
    private static let inForce = "a site document is in force"

    @Test func `what is set at the centre is sold at the box, and what is sold is on the dashboard`() async throws {
        try await EnrolledSite.run { site in
            let lines = site.box.lines.count
            try await site.sell("24 horas", cents: 2_500, profile: "24h")
            try await site.expectLine(Self.inForce, after: lines)
            let catalogue = try await site.atBox("GET", "/catalogo_perfiles_venta")
            let products = catalogue.value("products") as? [[String: Any]] ?? []
            #expect(products.compactMap { $0["name"] as? String } == ["1 hora", "24 horas"])

            let sale = try await site.buy()
            #expect(sale.text("status") == "delivered", "\(String(decoding: sale.body, as: UTF8.self))")
            try await site.expectSold(cents: 1_000)
            let boxes = try await site.ask("GET", "/admin/boxes")
            #expect(String(decoding: boxes.body, as: UTF8.self).contains("\"applied_version\""))
        }
    }

    @Test func `a person at the centre has the box try its router now`() async throws {
        try await EnrolledSite.run { site in
            let lines = site.box.lines.count
            try await site.sell("1 semana", cents: 9_000, profile: "7d")
            try await site.expectLine(Self.inForce, after: lines)
            let test = try await site.ask(
                "POST",
                "/routers/\(site.routerID)/test-connection?empresa_id=\(site.empresaID)"
            )
            #expect(test.status == 200, "\(String(decoding: test.body, as: UTF8.self))")
            #expect(test.value("reachable") as? Bool == true)
            #expect(test.text("version")?.hasPrefix("7.") == true)
            let problems = test.value("problems") as? [[String: Any]] ?? []
            #expect(problems.compactMap { $0["code"] as? String } == ["profile_missing"])

            let path = "/routers/\(site.routerID)/mikrotik-profiles?empresa_id=\(site.empresaID)"
            let profiles = try await site.ask("GET", path).value("profiles") as? [[String: Any]] ?? []
            let names = Set(profiles.compactMap { $0["name"] as? String })
            #expect(names.isSuperset(of: ["1h", "24h"]))

            // The router is switched off: that is a finding, and fast.
            try await site.router.post("reboot", ["seconds": 3_600])
            #expect(await site.box.line(within: .seconds(30)) { $0.contains("router connection failed") } != nil)
            let away = try await site.ask(
                "POST",
                "/routers/\(site.routerID)/test-connection?empresa_id=\(site.empresaID)"
            )
            #expect(away.value("reachable") as? Bool == false, "\(String(decoding: away.body, as: UTF8.self))")
        }
    }

    @Test func `a key that is revoked opens nothing at the box`() async throws {
        try await EnrolledSite.run { site in
            #expect(try await site.atBox("GET", "/config/public").status == 200)
            let lines = site.box.lines.count
            let path = "/routers/\(site.routerID)/api-key?empresa_id=\(site.empresaID)"
            #expect(try await site.ask("DELETE", path).status < 300)
            try await site.expectLine(Self.inForce, after: lines)
            #expect(try await site.atBox("GET", "/config/public").status == 401)
        }
    }

    @Test func `a box sells while the centre is dead, and brings it all when it is back`() async throws {
        try await EnrolledSite.run { site in
            #expect(try await site.buy().text("status") == "delivered")
            try await site.expectSold(cents: 1_000)
            await site.centre.kill()
            for _ in 0..<3 { #expect(try await site.buy().text("status") == "delivered") }
            try await site.centre.startAgain()
            try await site.expectSold(cents: 4_000)
        }
    }

    @Test func `a box whose disk died goes on from a backup, and no sale is lost or counted twice`() async throws {
        try await EnrolledSite.run { site in
            #expect(try await site.buy().text("status") == "delivered")
            let file = site.folder.path("respaldo.sqlite")
            let backup = try await site.boxCommand(["backup", "--out", file])
            #expect(backup.status == 0, "\(backup.lines)")
            #expect(try await site.boxCommand(["backup", "--out", file]).status != 0, "a backup was written over")
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            // What the backup lacks.
            let unknown = try await site.buy()
            #expect(unknown.text("status") == "delivered")
            let path = "/payments/\(unknown.text("purchase_id") ?? "")"
            let ficha = try #require(unknown.text("ficha", "code"))
            try await site.expectSold(cents: 2_000)

            await site.box.killNow()
            #expect(try await site.boxCommand(["restore", "--from", file]).status != 0, "a database was written over")
            for part in ["", "-wal", "-shm", ".lock"] {
                try? FileManager.default.removeItem(atPath: site.boxDatabase + part)
            }
            let restored = try await site.boxCommand(["restore", "--from", file])
            #expect(restored.status == 0, "\(restored.lines)")
            try await site.startBox()
            try await site.expectLine("a purchase is known again", after: 0) { $0.contains("\"state\":\"delivered\"") }
            let known = try await site.atBox("GET", path)
            #expect(known.text("status") == "delivered", "\(String(decoding: known.body, as: UTF8.self))")
            #expect(known.text("ficha", "code") == ficha)
            #expect(try await site.buy().text("status") == "delivered")
            try await site.expectSold(cents: 3_000)
            let conekta: MoneyLedgers.Conekta = try await site.conekta.get("_control/ledger")
            #expect(conekta.orders.map { $0.captured - $0.refunded } == [1_000, 1_000, 1_000])
            #expect(conekta.requests.chargePostsByReference.values.allSatisfy { $0 == 1 })
            let boxes = try await site.ask("GET", "/admin/boxes").value("items") as? [[String: Any]] ?? []
            #expect(boxes.compactMap { $0["epoch"] as? Int } == [2], "\(boxes)")
            // The sale came to the centre twice, and the second one says the same.
            #expect(boxes.compactMap { $0["quarantine_count"] as? Int } == [0], "\(boxes)")
        }
    }
}

extension EnrolledSite {
    /// Waits for a line of the box beyond those there were.
    func expectLine(
        _ text: String,
        after count: Int,
        where isIt: @Sendable @escaping (String) -> Bool = { _ in true }
    ) async throws {
        let line = await box.line(afterFirst: count, within: .seconds(30)) { $0.contains(text) && isIt($0) }
        #expect(line != nil, "the box did not write \"\(text)\"")
    }

    /// Waits until the dashboard says that so much was sold.
    func expectSold(cents: Int) async throws {
        var sold: Int?
        repeat {
            let count = centre.program.lines.count
            let dashboard = try await ask("GET", "/admin/dashboard")
            sold = dashboard.value("totals", "month", "amounts", "MXN", "sold_cents") as? Int
            if sold == cents { return }
            let line = await centre.program.line(afterFirst: count, within: .seconds(60)) {
                $0.contains("/sync/events") && $0.contains("\"status\":\"200\"")
            }
            if line == nil { break }
        } while true
        Issue.record("\(cents) cents were sold, the dashboard says \(sold ?? 0)")
    }
}
