import Crypto
import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// What a box and the centre say to each other, over sockets.
@Suite(.timeLimit(.minutes(5))) struct SyncTests {
    @Test(arguments: DatabaseKind.allCases) func `a change reaches the boxes of its site and nobody else`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let boxes = [try await TestBox.enrol(centre), try await TestBox.enrol(centre, empresa: "2")]
            for box in boxes {
                let first = try await box.poll(applied: 0, wait: 10)
                #expect(try box.snapshot(in: first)?.snapshotVersion == 1)
                #expect(try await box.poll(applied: 1).json["snapshot"] == .null)
            }
            async let first = boxes[0].poll(applied: 1, wait: 10)
            async let second = boxes[1].poll(applied: 1, wait: 10)
            await centre.waiting.reaches(2)
            try await Self.rename(site: "1", centre)
            let changed = try #require(try boxes[0].snapshot(in: try await first))
            #expect(changed.snapshotVersion == 2)
            #expect(changed.site.name == "renamed")
            // The other waits on; the one that was answered is gone in a moment.
            await centre.waiting.falls(to: 1)
            #expect(centre.centre.waiters.count == 1)
            try await centre.centre.database.write { session in
                try SnapshotVersion.raiseAll(of: "emp_2", at: centre.time.now, in: session)
            }
            let other = try #require(try boxes[1].snapshot(in: try await second))
            #expect(other.snapshotVersion == 2)
            #expect(other.empresa.id == "emp_2")
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a box takes no document that was changed on the way`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let (box, other) = (try await TestBox.enrol(centre), try await TestBox.enrol(centre, empresa: "2"))
            // Every box of the centre trusts the same key, also after the centre was started again.
            let sealer = centre.centre.sealer
            let again = try await CentreKeyStore.signingKey(centre.centre.database, sealer: sealer)
            #expect(again.publicKey.rawRepresentation == box.signingKey.rawRepresentation)
            let answer = try await box.poll(applied: 0)
            let reply = try JSONDecoder().decode(SyncPoll.Reply.self, from: Data(answer.text.utf8))
            let signed = try #require(reply.snapshot)
            _ = try signed.verified(by: other.signingKey)
            let forged = SignedSnapshot(
                payload: signed.payload.replacing("router password", with: "another one"),
                signature: signed.signature
            )
            #expect(throws: SignedSnapshot.Refusal.signature) { try forged.verified(by: box.signingKey) }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `events are acknowledged once, and what does not follow is refused`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let box = try await TestBox.enrol(centre)
            var chain = EventChain(boxID: box.id)
            for number in 1...5 { try chain.addVenta("pur_\(number)") }
            let gap = try await box.send(chain.batch(2...5))
            #expect(gap.status == 409 && gap.code == "sync_gap")
            #expect(gap.json["acknowledged"]["seq"] == .integer(0))
            for _ in 0..<2 {
                let answer = try await box.send(chain.batch(1...5))
                #expect(answer.status == 200)
                let point = try JSONDecoder().decode(SyncPoint.self, from: Data(answer.text.utf8))
                #expect(point == chain.head)
            }
            var clone = EventChain(boxID: box.id)
            for number in [1, 2, 8] { try clone.addVenta("pur_\(number)") }
            let fork = try await box.send(clone.batch(1...3))
            #expect(fork.status == 409 && fork.code == "sync_fork")

            let incarnation = String(repeating: "b", count: 32)
            let epoch = try await box.post("/sync/epoch", EpochRequest(incarnation: incarnation, reason: .forked))
            #expect(epoch.json["epoch"] == .integer(2))
            var rest = EventChain(boxID: box.id, epoch: 2, incarnation: incarnation)
            for number in [1, 2, 8] { try rest.addVenta("pur_\(number)") }
            #expect(try await box.send(rest.batch(1...3)).status == 200)
            var unknown = EventChain(boxID: box.id, epoch: 3, incarnation: incarnation)
            try unknown.addVenta("pur_9")
            #expect(try await box.send(unknown.batch(1...1)).code == "sync_unknown_epoch")
            let ventas = try await centre.centre.database.read { session in
                try session.query("SELECT venta_id FROM venta ORDER BY venta_id").map { try $0.text("venta_id") }
            }
            #expect(ventas == ["pur_1", "pur_2", "pur_3", "pur_4", "pur_5", "pur_8"])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a command is done by a box that waits, and its answer comes back`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let box = try await TestBox.enrol(centre)
            let place = Box(empresaID: "emp_1", siteID: "site_1", boxID: box.id, isBlocked: false)
            let desk = CommandDesk(
                database: centre.centre.database,
                waiters: centre.centre.waiters,
                wallClock: centre.time.wallClock
            )
            async let polled = box.poll(applied: 1, wait: 10)
            await centre.waiting.reaches(1)
            async let result = desk.run("test_connection", .object([:]), at: place, within: .seconds(10))
            let command = try #require(try await polled.json["commands"].elements.first)
            #expect(command["kind"] == .string("test_connection"))
            let answer = CommandResult(commandID: command["id"].text ?? "", isDone: true, answer: .string("ok"))
            #expect(try await box.poll(applied: 1, results: [answer]).json["commands"].elements.isEmpty)
            #expect(try await result == answer)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a centre restored from a backup makes documents its boxes take`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            let answer = try await box.poll(applied: 57)
            #expect(try box.snapshot(in: answer)?.snapshotVersion == 58)
            #expect(try await box.poll(applied: 58).json["snapshot"] == .null)
            #expect(try await box.poll(applied: .max).json["snapshot"] == .null)
            #expect(try box.snapshot(in: try await box.poll(applied: 1))?.snapshotVersion == 58)
        }
    }

    @Test func `those who wait are sent away when the centre ends`() async throws {
        try await CentralFixture.run(.sqlite, overSockets: true) { centre in
            let box = try await TestBox.enrol(centre)
            async let polled = box.poll(applied: 1, wait: 50)
            await centre.waiting.reaches(1)
            centre.centre.waiters.close()
            // Its answer had begun when the centre had to end.
            let waited = try JSONDecoder().decode(SyncPoll.Reply.self, from: Data(try await polled.text.utf8))
            #expect((1...5).contains(waited.retryAfterSeconds ?? 0))
            let late = try await box.poll(applied: 1, wait: 50)
            #expect(late.status == 503 && late.code == "restarting")
            #expect((1...5).contains(Int(late.headers[.retryAfter] ?? "") ?? 0))
        }
    }

    @Test func `a wait ends when its time is over, and what failed meanwhile sends the box away`() async throws {
        try await CentralFixture.run(.sqlite, overSockets: true) { centre in
            let box = try await TestBox.enrol(centre)
            async let polled = box.poll(applied: 1, wait: 30)
            await centre.waiting.reaches(1)
            centre.time.advance(by: .seconds(31))
            let empty = try JSONDecoder().decode(SyncPoll.Reply.self, from: Data(try await polled.text.utf8))
            #expect(empty.isEmpty && empty.retryAfterSeconds == nil)
            #expect(centre.centre.waiters.count == 0)

            async let blocked = box.poll(applied: 1, wait: 30)
            await centre.waiting.reaches(1)
            let place = Box(empresaID: "emp_1", siteID: "site_1", boxID: box.id, isBlocked: false)
            try await centre.centre.database.write { session in
                try BoxStore.setBlocked(place, to: true, in: session)
                try WakeStore.add(.site("site_1", empresaID: "emp_1"), at: centre.time.now, in: session)
            }
            let away = try JSONDecoder().decode(SyncPoll.Reply.self, from: Data(try await blocked.text.utf8))
            #expect(away.retryAfterSeconds != nil)
            #expect(try await box.poll(applied: 1, wait: 30).code == "box_blocked")
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `what a poll says is kept, whatever it says`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            let refusal = "no\0 capability" + String(repeating: "x", count: 5_000)
            #expect(try await box.poll(applied: 1, refusal: refusal).status == 200)
            let kept = try await centre.centre.database.read {
                try $0.first("SELECT refusal FROM box")?.text("refusal")
            }
            #expect(kept?.hasPrefix("no capabilityx") == true)
            let result = CommandResult(commandID: "cmd\0", isDone: true, answer: .null)
            let answer = try await box.poll(applied: 1, results: [result])
            #expect(answer.status == 422 && answer.code == "invalid_text")
        }
    }

    private static func rename(site: String, _ centre: CentralFixture) async throws {
        try await centre.centre.database.write { session in
            try session.execute("UPDATE site SET name = 'renamed' WHERE site_id = $1", [.text("site_" + site)])
            try SnapshotVersion.raise(site: "site_" + site, of: "emp_" + site, at: centre.time.now, in: session)
        }
    }
}
