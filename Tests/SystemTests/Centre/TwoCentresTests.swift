import Foundation
import TestSupport
import Testing

/// Two centres on one PostgreSQL: people and boxes may come to either.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TwoCentresTests {
    @Test func `whatever is said to one centre holds at the other, and reaches a box that polls the other`()
        async throws
    {
        try await ThrowawayPostgres.shared.withDatabase { database in
            try await EnrolledSite.run(databaseURL: database.url) { site in
                let other = try await RunningCentre(databaseURL: database.url, conektaURL: site.conektaURL)
                let lines = site.box.lines.count
                let product: [String: Any] = [
                    "name": "24 horas", "price_cents": 2_500, "duration_seconds": 86_400, "clock": "corrido",
                    "mikrotik_profile": "24h",
                ]
                let path = "/products?empresa_id=\(site.empresaID)"
                #expect(try await other.ask("POST", path, product, token: site.token).status == 201)
                try await site.expectLine("a site document is in force", after: lines)
                let catalogue = try await site.atBox("GET", "/catalogo_perfiles_venta")
                #expect((catalogue.value("products") as? [Any])?.count == 2)

                let test = "/routers/\(site.routerID)/test-connection?empresa_id=\(site.empresaID)"
                let tested = try await other.ask("POST", test, token: site.token)
                #expect(tested.value("reachable") as? Bool == true, "\(String(decoding: tested.body, as: UTF8.self))")

                #expect(try await site.buy().text("status") == "delivered")
                try await site.expectSold(cents: 1_000)
                let dashboard = try await other.ask("GET", "/admin/dashboard", token: site.token)
                #expect(dashboard.value("totals", "month", "amounts", "MXN", "sold_cents") as? Int == 1_000)

                #expect(try await site.ask("POST", "/auth/logout").status == 204)
                #expect(try await other.ask("GET", "/auth/me", token: site.token).status == 401)
                #expect(try await other.program.stop() == 0)
            }
        }
    }

    @Test func `of two centres one is killed under load, twice, and no venta is lost or doubled`() async throws {
        try await ThrowawayPostgres.shared.withDatabase { database in
            // No Conekta is asked anything here.
            let conekta = "http://127.0.0.1:9"
            let steady = try await RunningCentre(databaseURL: database.url, conektaURL: conekta)
            let killed = try await RunningCentre(databaseURL: database.url, conektaURL: conekta)
            let streams = try await Self.streams(8, centres: [steady, killed])
            let taken = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for stream in streams { group.addTask { try await stream.send(taken) } }
                await taken.reaches(80)
                await killed.kill()
                await taken.reaches(200)
                try await killed.startAgain()
                await taken.reaches(320)
                await killed.kill()
                try await group.waitForAll()
            }
            let total = streams.count * CentreStream.ventas
            let counted = try await database.psql(
                "SELECT count(*), count(DISTINCT venta_id), sum(amount_cents) FROM venta"
            )
            #expect(counted == "\(total)|\(total)|\(total * 1_000)")
            let events = try await database.psql("SELECT min(acked_seq), max(acked_seq) FROM box_epoch")
            #expect(events == "\(CentreStream.ventas)|\(CentreStream.ventas)")
            #expect(try await database.psql("SELECT count(*) FROM event") == String(total))
            #expect(try await database.psql("SELECT count(*) FROM fork") == "0")
            #expect(try await database.psql("SELECT count(*) FROM quarantine") == "0")
            // The sums of the dashboard, added up anew.
            let recomputed = try await steady.command(["recompute"])
            #expect(recomputed.status == 0, "\(recomputed.lines)")
            #expect(try await steady.program.stop() == 0)
        }
    }

    /// An empresa with a router for each, and a box enrolled there.
    private static func streams(_ count: Int, centres: [RunningCentre]) async throws -> [CentreStream] {
        let centre = try #require(centres.first)
        let token = try await centre.firstLogin()
        let made = try await centre.ask("POST", "/admin/empresas", ["name": "WiFi Ejemplo"], token: token)
        let empresaID = try #require(made.text("id"))
        var streams: [CentreStream] = []
        for number in 0..<count {
            let api = ["host": "10.0.0.1", "username": "fichas", "password": "secreto"]
            let router = try await centre.ask(
                "POST",
                "/admin/empresas/\(empresaID)/routers",
                ["name": "hAP \(number)", "api": api],
                token: token
            )
            let code = try #require(router.text("enrolment", "code"))
            streams.append(try await CentreStream(code: code, number: number, centres: centres))
        }
        return streams
    }
}
