import Shared
import Testing

@testable import CentralSync

@Suite struct AuditTests {
    private struct Body: Encodable {
        let name: String
    }

    static func change(_ subject: String, empresaID: String? = nil) throws -> AuditedChange {
        try AuditedChange(
            by: AuditActor(id: "usr_1", email: "a@b.mx", address: "10.0.0.1"),
            at: Timestamp(seconds: 1_800_000_000),
            action: "test.change",
            empresaID: empresaID,
            subject: subject,
            before: Body(name: "antes"),
            after: nil as Body?
        )
    }

    @Test(arguments: DatabaseKind.allCases) func `each row covers the one before`(kind: DatabaseKind) async throws {
        try await kind.withDatabase { database in
            for number in 1...3 {
                let change = try Self.change("s\(number)")
                try await database.write { try Audit.append(change, in: $0) }
            }
            let records = try await database.read { session in
                try session.query("SELECT * FROM audit ORDER BY seq").map(AuditRecord.init)
            }
            #expect(records.map(\.seq) == [1, 2, 3])
            #expect(records.map(\.previousHash) == [AuditRecord.firstPreviousHash, records[0].hash, records[1].hash])
            #expect(records.allSatisfy { $0.isIntact })
            #expect(records[0].change == (try Self.change("s1")))
            #expect(records[0].change.before == #"{"name":"antes"}"#)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a change that fails leaves no row and no gap`(
        kind: DatabaseKind
    ) async throws {
        struct Stop: Error {}
        let change = try Self.change("s")
        try await kind.withDatabase { database in
            try await database.write { try Audit.append(change, in: $0) }
            await #expect(throws: Stop.self) {
                try await database.write { session in
                    try Audit.append(change, in: session)
                    throw Stop()
                }
            }
            try await database.write { try Audit.append(change, in: $0) }
            let rows = try await database.read { try $0.query("SELECT seq FROM audit ORDER BY seq") }
            #expect(try rows.map { try $0.integer("seq") } == [1, 2])
        }
    }
}
