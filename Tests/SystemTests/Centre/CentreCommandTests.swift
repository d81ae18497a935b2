import Foundation
import TestSupport
import Testing

/// What an operator does to a centre that has boxes: back it up, put it back, move it.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CentreCommandTests {
    @Test func `a centre that died is put back from its backup, and the box brings what it lacks`() async throws {
        try await EnrolledSite.run { site in
            #expect(try await site.buy().text("status") == "delivered")
            try await site.expectSold(cents: 1_000)
            let folder = site.folder.path("respaldo")
            let backup = try await site.centre.command(["backup", "--out", folder])
            #expect(backup.status == 0, "\(backup.lines)")
            #expect(try await site.buy().text("status") == "delivered")
            try await site.expectSold(cents: 2_000)

            await site.centre.kill()
            #expect(try await site.centre.command(["restore", "--from", folder]).status != 0, "written over")
            for part in ["", "-wal", "-shm", ".lock"] {
                try? FileManager.default.removeItem(atPath: site.centreDatabase + part)
            }
            let restored = try await site.centre.command(["restore", "--from", folder])
            #expect(restored.status == 0, "\(restored.lines)")
            try await site.centre.startAgain()
            try await site.loginAgain()
            // The box sells nothing, and finds out by its poll.
            try await site.expectSold(cents: 2_000)
            let recomputed = try await site.recompute()
            #expect(recomputed.status == 0, "\(recomputed.lines)")
        }
    }

    @Test func `a centre moves to PostgreSQL, and its boxes go on as if nothing was`() async throws {
        try await ThrowawayPostgres.shared.withDatabase { database in
            try await EnrolledSite.run { site in
                #expect(try await site.buy().text("status") == "delivered")
                try await site.expectSold(cents: 1_000)
                let folder = site.folder.path("todo")
                #expect(try await site.centre.program.stop() == 0)
                let export = try await site.centre.command(["export", "--format", "full", "--out", folder])
                #expect(export.status == 0, "\(export.lines)")
                let imported = try await site.centre.command(["import", "--from", folder], databaseURL: database.url)
                #expect(imported.status == 0, "\(imported.lines)")
                let lines = site.box.lines.count
                try await site.centre.startAgain(databaseURL: database.url)
                try await site.loginAgain()
                #expect(try await site.buy().text("status") == "delivered")
                try await site.expectSold(cents: 2_000)
                #expect(try await database.psql("SELECT count(*) FROM venta") == "2")
                try await site.sell("24 horas", cents: 2_500, profile: "24h")
                try await site.expectLine("a site document is in force", after: lines)
                #expect(
                    try await database.psql("SELECT count(*) FROM box WHERE is_forked = 1 OR last_epoch > 1") == "0"
                )
            }
        }
    }
}

extension EnrolledSite {
    /// Adds all ventas up anew, with the centre stopped: its SQLite file is its own while it runs.
    fileprivate func recompute() async throws -> (status: Int32, lines: [String]) {
        #expect(try await centre.program.stop() == 0)
        let answer = try await centre.command(["recompute"])
        try await centre.startAgain()
        return answer
    }
}
