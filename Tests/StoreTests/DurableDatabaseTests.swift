import Foundation
import GRDB
import Store
import TestSupport
import Testing

@Suite struct DurableDatabaseTests {
    let folder: TemporaryDirectory
    let database: DurableDatabase

    init() throws {
        folder = try TemporaryDirectory()
        database = try DurableDatabase(path: folder.path("box.sqlite"), migrations: [Self.schema])
    }

    static let schema = Migration("0001_note", sql: "CREATE TABLE note (text TEXT NOT NULL UNIQUE) STRICT")

    @Test func aSecondOpeningIsRefused() throws {
        let folder = try TemporaryDirectory()
        let first = try DurableDatabase(path: folder.path("box.sqlite"), migrations: [])
        #expect(throws: DurabilityError.inUse) {
            try DurableDatabase(path: folder.path("box.sqlite"), migrations: [])
        }
        try first.close()
        try DurableDatabase(path: folder.path("box.sqlite"), migrations: []).close()
    }

    @Test func `the writer is as durable as SQLite can be, although GRDB lowers it when it opens`() async throws {
        let synchronous = try await database.commit { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(synchronous == 2)

        // The negative control: what GRDB would have left us with. If this ever fails, the pragma can go.
        let plain = try DatabasePool(path: folder.path("plain.sqlite"))
        let lowered = try await plain.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(lowered == 1)
    }

    @Test func `a commit is there when the file is opened again`() async throws {
        try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('a')") }
        try database.close()
        let again = try DurableDatabase(path: folder.path("box.sqlite"), migrations: [Self.schema])
        #expect(try await again.read { try String.fetchAll($0, sql: "SELECT text FROM note") } == ["a"])
    }

    @Test func `a disk that is full is told until it takes a commit again`() async throws {
        #expect(database.lastCommitFailure == nil)
        try await database.commit { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        await #expect(throws: DatabaseError.self) {
            try await database.commit { db in
                for number in 0..<40 {
                    let text = String(repeating: "x", count: 4_000) + "\(number)"
                    try db.execute(sql: "INSERT INTO note VALUES (?)", arguments: [text])
                }
            }
        }
        #expect(database.lastCommitFailure?.contains("full") == true)
        // A refusal that is the statement's own fault says nothing about the disk.
        try await database.commit { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('a')") }
        await #expect(throws: DatabaseError.self) {
            try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('a')") }
        }
        #expect(database.lastCommitFailure == nil)
    }

    @Test func `commits that meet share transactions and each get their own answer`() async throws {
        let database = database
        let results = await withTaskGroup(of: (Int, Bool).self) { group in
            for number in 0..<300 {
                group.addTask {
                    // Each text comes twice: the second of the two violates the constraint and undoes only itself.
                    let text = "n\(number % 150)"
                    let worked = try? await database.commit { db in
                        try db.execute(sql: "INSERT INTO note VALUES (?)", arguments: [text])
                        return true
                    }
                    return (number % 150, worked ?? false)
                }
            }
            return await group.reduce(into: [Int: Int]()) { $0[$1.0, default: 0] += $1.1 ? 1 : 0 }
        }
        #expect(results.count == 150)
        #expect(results.values.allSatisfy { $0 == 1 })
        #expect(try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM note") } == 150)
        #expect(database.groupCommitCount <= 300)
    }

    @Test func `one that has the transaction for itself and throws leaves nothing of it`() async throws {
        struct Refusal: Error {}
        for _ in 0..<2 {
            await #expect(throws: Refusal.self) {
                try await database.commit { db in
                    try db.execute(sql: "INSERT INTO note VALUES ('a')")
                    throw Refusal()
                }
            }
        }
        #expect(database.groupCommitCount == 0)
        try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('a')") }
        #expect(try await database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM note") } == 1)
        #expect(database.groupCommitCount == 1)
    }

    @Test func `a commit survives the cancellation of its task`() async throws {
        let database = database
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('kept')") }
        }
        try await task.value
        #expect(try await database.read { try String.fetchAll($0, sql: "SELECT text FROM note") } == ["kept"])
    }

    @Test func `a full disk refuses the commit, loses nothing acknowledged, and can be freed`() async throws {
        try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('before')") }
        try await database.commit { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        await #expect(throws: DatabaseError.self) {
            try await database.commit { db in
                try db.execute(sql: "INSERT INTO note VALUES (?)", arguments: [String(repeating: "x", count: 100_000)])
            }
        }
        try await database.commit { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('after')") }
        let texts = try await database.read { try String.fetchAll($0, sql: "SELECT text FROM note ORDER BY 1") }
        #expect(texts == ["after", "before"])
    }

    @Test func `after closing, commits are refused and whoever waits for a failure is told`() async throws {
        async let failure: Void = database.waitForFailure()
        try database.close()
        await failure
        await #expect(throws: DurabilityError.closed) { try await database.commit { _ in } }
    }

    @Test func `a closed database is whole in its one file`() async throws {
        try await database.commit { try $0.execute(sql: "INSERT INTO note VALUES ('a')") }
        try database.close()
        let copy = folder.path("copy.sqlite")
        try FileManager.default.copyItem(atPath: folder.path("box.sqlite"), toPath: copy)
        let texts = try await DatabaseQueue(path: copy).read { try String.fetchAll($0, sql: "SELECT text FROM note") }
        #expect(texts == ["a"])
    }

    @Test func `a damaged file is not opened`() async throws {
        let path = try await damagedFile()
        #expect(throws: (any Error).self) { try DurableDatabase(path: path, migrations: [Self.schema]) }
    }

    @Test func `a file that is too large is not read through first`() async throws {
        let path = try await damagedFile()
        let opened = try DurableDatabase(path: path, migrations: [Self.schema], maximumCheckedMiB: 0)
        await #expect(throws: DatabaseError.self) {
            try await opened.read { try String.fetchAll($0, sql: "SELECT text FROM note") }
        }
        try opened.close()
    }

    private func damagedFile() async throws -> String {
        try await database.commit { db in
            for number in 0..<2_000 { try db.execute(sql: "INSERT INTO note VALUES (?)", arguments: ["row \(number)"]) }
        }
        try database.close()
        let path = folder.path("box.sqlite")
        let file = try #require(fopen(path, "r+"))
        fseek(file, 3 * 4_096, SEEK_SET)
        fwrite([UInt8](repeating: 0xFF, count: 4_096), 1, 4_096, file)
        fclose(file)
        return path
    }
}
