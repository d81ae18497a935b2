import GRDB
import Store
import Synchronization

@testable import EdgeAgent

/// The box's database, a real one, on a disk that does what the script says.
final class FaultyDisk: PurchaseDisk {
    private let world: SimulatedWorld
    private let life: Int
    private let crash: CrashSignal
    private let database: DurableDatabase
    /// After an error of the disk the database takes nothing more, and the program ends.
    private let hasFailed = Mutex(false)

    init(world: SimulatedWorld, life: Int, crash: CrashSignal, database: DurableDatabase) {
        self.world = world
        self.life = life
        self.crash = crash
        self.database = database
    }

    func commit<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        guard world.isAlive(life) else { throw DurabilityError.closed }
        if hasFailed.withLock({ $0 }) { try await die() }
        switch world.script.nextCommit() {
        case .crashBefore:
            try await die()
        case .crashAfter:
            _ = try await database.commit(body)
            try await die()
        case .full:
            return try await commitWithoutSpace(body)
        case .fullForFiveMinutes:
            world.fillDisk(for: .seconds(300))
        case .errorUnwritten:
            hasFailed.withLock { $0 = true }
            throw DatabaseError(resultCode: .SQLITE_IOERR)
        case .errorWritten:
            _ = try await database.commit(body)
            hasFailed.withLock { $0 = true }
            throw DatabaseError(resultCode: .SQLITE_IOERR)
        case nil:
            break
        }
        if world.isDiskFull { throw DatabaseError(resultCode: .SQLITE_FULL) }
        return try await database.commit(body)
    }

    /// SQLite itself runs out of space, after all of the transaction and before its end.
    private func commitWithoutSpace<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await database.commit { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
            defer { try? db.execute(sql: "PRAGMA max_page_count = 1073741823") }
            let value = try body(db)
            try db.execute(sql: "CREATE TABLE ballast (bytes BLOB) STRICT")
            try db.execute(sql: "INSERT INTO ballast VALUES (zeroblob(1000000))")
            return value
        }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await database.read(body)
    }

    private func die() async throws {
        await crash.happen()
        throw DurabilityError.closed
    }
}
