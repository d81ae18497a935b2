import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// How administrators see the boxes.
@Suite struct BoxTests {
    @Test(arguments: DatabaseKind.allCases) func `a box is seen as it says it stands`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            let box = try await TestBox.enrol(centre)
            let fresh = try await centre.request(.get, "/admin/boxes", token: token).json["items"].elements
            #expect(fresh.count == 1 && fresh[0]["software_version"] == .null)
            let report = BoxReport(
                softwareVersion: "1.2.3",
                startedAt: centre.time.now,
                unsyncedEvents: 7,
                purchasesInDoubt: 1,
                purchasesForAttention: 2,
                routers: [.init(id: "rtr_1", isConnected: false)]
            )
            _ = try await box.poll(applied: 1, refusal: "routers: there must be at least one", report: report)
            var chain = EventChain(boxID: box.id)
            for number in 1...3 { try chain.addVenta("pur_\(number)") }
            chain.add("nonsense")
            _ = try await box.send(chain.batch(1...4))
            centre.time.advance(by: .seconds(90))
            let seen = try await centre.request(.get, "/admin/boxes", token: token).json["items"].elements[0]
            let expected: [String: JSONValue] = [
                "id": .string(box.id), "empresa_id": .string("emp_1"), "site_id": .string("site_1"),
                "site_name": .string("s"),
                "last_seen_seconds": .integer(90), "is_away": .bool(false), "epoch": .integer(1),
                "acknowledged_seq": .integer(4), "unsynced_events": .integer(7),
                "applied_version": .integer(1), "snapshot_version": .integer(1), "clock_skew_ms": .integer(0),
                "software_version": .string("1.2.3"),
                "purchases_in_doubt": .integer(1), "purchases_for_attention": .integer(2), "is_forked": .bool(false),
                "fork_count": .integer(0),
                "quarantine_count": .integer(1), "is_blocked": .bool(false),
                "refusal": .string("routers: there must be at least one"),
                "routers": .array([.object(["id": .string("rtr_1"), "connected": .bool(false)])]),
            ]
            for (name, value) in expected { #expect(seen[name] == value, "\(name)") }
            centre.time.advance(by: .seconds(31))
            let away = try await centre.request(.get, "/admin/boxes", token: token).json["items"].elements[0]
            #expect(away["is_away"] == .bool(true))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `forks and what nobody understood are to be seen`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            var chain = EventChain(boxID: box.id)
            chain.add("nonsense")
            _ = try await box.send(chain.batch(1...1))
            var clone = EventChain(boxID: box.id)
            try clone.addVenta("pur_9")
            #expect(try await box.send(clone.batch(1...1)).code == "sync_fork")
            let path = "/admin/empresas/emp_1/boxes/" + box.id
            let detail = try await centre.request(.get, path, token: owner)
            #expect(detail.json["box"]["is_forked"] == .bool(true) && detail.json["box"]["fork_count"] == .integer(1))
            let reasons = detail.json["incidents"].elements.compactMap { $0["reason"].text }
            #expect(Set(reasons) == ["fork", "not_json"])
            let forked = try await centre.request(.get, "/admin/empresas/emp_1/boxes?is_forked=true", token: owner)
            #expect(forked.json["items"].elements.count == 1)
            // The box goes on in another epoch, and is seen there.
            let request = EpochRequest(incarnation: String(repeating: "c", count: 32), reason: .forked)
            _ = try await box.post("/sync/epoch", request)
            let next = try await centre.request(.get, path, token: owner)
            #expect(next.json["box"]["epoch"] == .integer(2) && next.json["box"]["acknowledged_seq"] == .integer(0))
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `an administrator sees the boxes of one empresa, or of all`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let boxes = [
                try await TestBox.enrol(centre), try await TestBox.enrol(centre),
                try await TestBox.enrol(centre, empresa: "2"),
            ]
            let root = try await centre.token(of: .superAdmin)
            var (ids, cursor) = ([String](), "")
            repeat {
                let path = "/admin/boxes?limit=1" + (cursor.isEmpty ? "" : "&cursor=" + cursor)
                let part = try await centre.request(.get, path, token: root)
                ids += part.json["items"].elements.compactMap { $0["id"].text }
                cursor = part["next_cursor"]
            } while !cursor.isEmpty
            #expect(Set(ids) == Set(boxes.map(\.id)) && ids.count == 3)
            let one = try await centre.request(.get, "/admin/boxes?empresa_id=emp_2", token: root)
            #expect(one.json["items"].elements.compactMap { $0["id"].text } == [boxes[2].id])
            let tecnico = try await centre.token(of: .tecnico)
            let own = try await centre.request(.get, "/admin/empresas/emp_1/boxes", token: tecnico)
            #expect(own.json["items"].elements.count == 2)
            let foreign = "/admin/empresas/emp_1/boxes/" + boxes[2].id
            #expect(try await centre.request(.get, foreign, token: root).status == 404)
            #expect(try await centre.request(.post, foreign + "/block", token: root).status == 404)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: DatabaseKind.allCases)
    func `a box is blocked while it waits, and let in again`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let owner = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            let path = "/admin/empresas/emp_1/boxes/" + box.id
            async let waiting = box.poll(applied: 1, wait: 10)
            await centre.waiting.reaches(1)
            let blocked = try await centre.request(.post, path + "/block", token: owner)
            #expect(blocked.json["is_blocked"] == .bool(true))
            // Its answer had begun: the next one says why.
            #expect(try await waiting.json["retry_after_seconds"] != .null)
            #expect(try await centre.request(.post, path + "/unblock", token: owner).status == 200)
            #expect(try await box.poll(applied: 1).status == 200)
            let root = try await centre.token(of: .superAdmin)
            let log = try await centre.request(.get, "/admin/audit?action=box.block", token: root)
            #expect(log.json["items"].elements.first?["subject"] == .string(box.id))
        }
    }
}
