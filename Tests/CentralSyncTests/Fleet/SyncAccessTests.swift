import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// Who may speak as a box.
@Suite struct SyncAccessTests {
    private static let paths = ["/sync/poll", "/sync/events", "/sync/epoch"]

    @Test(arguments: DatabaseKind.allCases) func `a code enrols one box, forgiving how it was typed`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let code = try await TestBox.code(centre).grouped
            let typed = code.uppercased().replacing("-", with: " ").replacing("0", with: "O").replacing("1", with: "l")
            let answer = try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(typed))
            #expect(answer.status == 201)
            #expect(answer["empresa_id"] == "emp_1" && answer["site_id"] == "site_1")
            #expect(answer.json["epoch"] == .integer(1))
            let again = try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(code))
            #expect(again.status == 403 && again.code == "enrolment_code_invalid")
            // Whoever reads the database can neither enrol nor speak as a box.
            let kept = try await centre.centre.database.read { session in
                try session.query("SELECT sha256 FROM box_credential").map { try $0.bytes("sha256") }
            }
            #expect(kept == [SHA256Digest(of: answer["credential"]).bytes])
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a code that is wrong or too old enrols nothing`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let code = try await TestBox.code(centre)
            centre.time.advance(by: EnrolmentCode.lifetime)
            for typed in [code.grouped, EnrolmentCode.random().grouped, "", "ññññ", "0000-0000-0000-0", "' OR 1=1"] {
                let answer = try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(typed))
                #expect(answer.status == 403 && answer.code == "enrolment_code_invalid", "\(typed)")
            }
            let fresh = try await TestBox.code(centre).grouped
            for incarnation in ["", "A" + String(repeating: "a", count: 31), String(repeating: "a", count: 33)] {
                let body = TestBox.enrolment(fresh, incarnation: incarnation)
                #expect(try await centre.request(.post, "/sync/enroll", body: body).status == 422)
            }
            let boxes = try await centre.centre.database.read { try $0.query("SELECT box_id FROM box").count }
            #expect(boxes == 0)
            #expect(try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(fresh)).status == 201)
        }
    }

    @Test func `nobody tries codes for long`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            for _ in 0..<60 {
                let body = TestBox.enrolment(EnrolmentCode.random().grouped)
                #expect(try await centre.request(.post, "/sync/enroll", body: body).status == 403)
            }
            let code = try await TestBox.code(centre).grouped
            let answer = try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(code))
            #expect(answer.status == 429)
            centre.time.advance(by: .seconds(61))
            #expect(try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(code)).status == 201)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `nothing but a box's credential opens what is a box's`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            let tokens = [
                nil, "garbage", "fcb_", BoxGate.newCredential(), box.credential + "0", box.credential.uppercased(),
                try await centre.token(of: .superAdmin), try await centre.token(of: .tecnico),
                "fcb_" + String(repeating: "a", count: 4_000),
            ]
            for (path, token) in Self.paths.flatMap({ path in tokens.map { (path, $0) } }) {
                let answer = try await centre.request(.post, path, token: token, body: "{}")
                #expect(answer.status == 401 && answer.code == "box_credential_invalid", "\(path) \(token ?? "")")
                #expect(answer.headers[.wwwAuthenticate] != nil)
            }
            for path in ["/auth/me", "/admin/usuarios", "/mi-empresa/usuarios"] {
                #expect(try await centre.request(.get, path, token: box.credential).code == "token_invalid")
            }
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: DatabaseKind.allCases) func `a box that was blocked is out`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let (box, other) = (try await TestBox.enrol(centre), try await TestBox.enrol(centre))
            async let waiting = box.poll(applied: 1, wait: 10)
            await centre.waiting.reaches(1)
            try await centre.centre.database.write { session in
                try session.execute("UPDATE box SET is_blocked = 1 WHERE box_id = $1", [.text(box.id)])
                try SnapshotVersion.raise(site: "site_1", of: "emp_1", at: centre.time.now, in: session)
            }
            // Its answer had begun: the next one says why.
            #expect(try await waiting.json["retry_after_seconds"] != .null)
            for path in Self.paths {
                let answer = try await centre.request(.post, path, token: box.credential, body: "{}")
                #expect(answer.status == 403 && answer.code == "box_blocked")
            }
            #expect(try await other.poll(applied: 0).status == 200)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a box moves nothing of another's`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind) { centre in
            let box = try await TestBox.enrol(centre)
            let thief = try await TestBox.enrol(centre, empresa: "2")
            var chain = EventChain(boxID: box.id)
            try chain.addVenta("pur_1")
            // The same epoch, the same numbers: they land under who sent them.
            #expect(try await thief.send(chain.batch(1...1)).status == 200)
            let ventas = try await centre.centre.database.read { session in
                try session.query("SELECT empresa_id, box_id FROM venta").map { try $0.text("empresa_id") }
            }
            #expect(ventas == ["emp_2"])
            let place = Box(empresaID: "emp_1", siteID: "site_1", boxID: box.id, isBlocked: false)
            let now = centre.time.now
            try await centre.centre.database.write { session in
                let command = BoxCommand(id: "cmd_1", kind: "x", arguments: .null, expiresAt: now + .seconds(60))
                try CommandStore.insert(command, for: place, at: now, in: session)
            }
            let forged = CommandResult(commandID: "cmd_1", isDone: true, answer: .null)
            #expect(try await thief.poll(applied: 1, results: [forged]).json["commands"].elements.isEmpty)
            #expect(try await box.poll(applied: 1).json["commands"].elements.count == 1)
        }
    }
}
