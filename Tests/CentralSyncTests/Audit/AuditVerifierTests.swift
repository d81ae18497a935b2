import HTTPTypes
import Shared
import Testing

@testable import CentralSync

@Suite struct AuditVerifierTests {
    private static func run(
        _ kind: DatabaseKind,
        count: Int,
        _ body: (any CentralDatabase) async throws -> Void
    ) async throws {
        try await kind.withDatabase { database in
            for number in 0..<count {
                let change = try AuditTests.change("s\(number)", empresaID: number.isMultiple(of: 2) ? "emp_1" : nil)
                try await database.write { try Audit.append(change, in: $0) }
            }
            try await body(database)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `an untouched log is right, an empty one too`(
        kind: DatabaseKind
    ) async throws {
        try await Self.run(kind, count: 0) { database in
            let found = try await AuditVerifier(database: database).verify()
            #expect(found.isOK && found.count == 0)
        }
        // More than one page.
        try await Self.run(kind, count: 501) { database in
            let found = try await AuditVerifier(database: database).verify()
            #expect(found.isOK && found.count == 501)
            let last = try await database.read { try $0.first("SELECT hash FROM audit WHERE seq = 501")?.bytes("hash") }
            #expect(found.head == last.flatMap(SHA256Digest.init(bytes:))?.hexadecimal)
        }
    }

    @Test(
        arguments: [
            ("UPDATE audit SET subject = 'x' WHERE seq = 3", .changed),
            ("UPDATE audit SET after_json = '' WHERE seq = 3", .changed),
            ("UPDATE audit SET at_ms = at_ms + 1 WHERE seq = 3", .changed),
            ("UPDATE audit SET empresa_id = '' WHERE seq = 3 OR (seq = 4 AND empresa_id IS NULL)", .changed),
            ("DELETE FROM audit WHERE seq = 3", .missing),
            ("DELETE FROM audit WHERE seq >= 3", .missing),
            ("DELETE FROM audit WHERE seq < 3", .missing),
            ("UPDATE audit SET hash = previous_hash WHERE seq = 3", .changed),
        ] as [(String, AuditVerification.Problem)]
    ) func `whatever is done to it shows`(sql: String, problem: AuditVerification.Problem) async throws {
        try await Self.run(.sqlite, count: 5) { database in
            try await database.write { _ = try $0.execute(sql) }
            let found = try await AuditVerifier(database: database).verify()
            #expect(found.problem == problem)
            #expect(found.problemSeq == (sql.contains("seq < 3") ? 1 : 3))
        }
    }

    @Test func `a row that was put in another's place shows`() async throws {
        try await Self.run(.sqlite, count: 5) { database in
            let forged = AuditRecord(seq: 3, change: try AuditTests.change("forged"), previousHash: [UInt8](1...32))
            try await database.write { session in
                try session.execute(
                    "UPDATE audit SET subject = 'forged', empresa_id = NULL, previous_hash = $1, hash = $2 WHERE seq = 3",
                    [.bytes(forged.previousHash), .bytes(forged.hash)]
                )
            }
            let found = try await AuditVerifier(database: database).verify()
            #expect(found.problem == .unlinked && found.problemSeq == 3)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `it is read from the newest on, by empresa and by person`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            for number in 1...4 {
                let change = try AuditTests.change("s\(number)", empresaID: number.isMultiple(of: 2) ? "emp_1" : nil)
                try await centre.centre.database.write { try Audit.append(change, in: $0) }
            }
            let token = try await centre.token(of: .superAdmin)
            func subjects(_ query: String) async throws -> (subjects: [String], cursor: String) {
                let answer = try await centre.request(.get, "/admin/audit?" + query, token: token)
                #expect(answer.status == 200)
                return (answer.json["items"].elements.compactMap { $0["subject"].text }, answer["next_cursor"])
            }
            let first = try await subjects("limit=3")
            #expect(first.subjects == ["s4", "s3", "s2"])
            #expect(try await subjects("limit=3&cursor=" + first.cursor).subjects == ["s1"])
            #expect(try await subjects("empresa_id=emp_1").subjects == ["s4", "s2"])
            #expect(try await subjects("actor_id=usr_1&action=test.change").subjects.count == 4)
            #expect(try await subjects("actor_id=usr_2").subjects.isEmpty)
            let found = try await centre.request(.get, "/admin/audit/verification", token: token)
            #expect(found.json["ok"] == .bool(true))
            #expect(found.json["count"] == .integer(4))
        }
    }
}
