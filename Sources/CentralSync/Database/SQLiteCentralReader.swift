import Foundation
import GRDB
import Store

/// A SQLite file of the centre's to read from, also while the centre runs: it only reads, so it moves nothing from the
/// WAL into the file and locks nobody out.
final class SQLiteCentralReader: CentralReader {
    private let queue: DatabaseQueue

    /// - Throws: When the file is not there, or is not a centre's of this version.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        queue = try DatabaseQueue(path: path, configuration: configuration)
        let done = try queue.read { try String.fetchSet($0, sql: "SELECT identifier FROM grdb_migrations") }
        guard let newest = CentralMigration.all.last?.id, done.contains(newest) else {
            throw CentralDatabaseError.unavailable("the database is of an older version; start the centre once")
        }
    }

    func read<Value: Sendable>(
        _: WorkSpan,
        _ body: @escaping @Sendable (any CopySession) throws -> Value
    ) async throws -> Value {
        try await queue.read { try body(SQLiteSession(database: $0)) }
    }

    /// Copies the file as it is at one moment to a file that is not there yet.
    ///
    /// - Throws: `DatabaseCopy.Damaged`; GRDB's error.
    func backUp(to path: String) throws {
        try DatabaseCopy.write(from: queue, to: path)
    }
}
