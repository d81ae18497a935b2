import GRDB
import Store

/// Where purchases are written down and read from.
///
/// Two conformers: `DurableDatabase`, and the disk of the tests' simulation, which refuses or dies at every commit.
protocol PurchaseDisk: Sendable {
    /// Runs `body` in a transaction and returns when it is on the disk.
    func commit<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value
    /// Reads a consistent state.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value
}

extension DurableDatabase: PurchaseDisk {}
