import GRDB
import Store

@testable import EdgeAgent

/// The box's database, with the time standing still while it works.
struct DayDisk: PurchaseDisk {
    let time: DayTime
    let database: DurableDatabase

    func commit<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await time.whileBusy { try await database.commit(body) }
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await time.whileBusy { try await database.read(body) }
    }
}
