import GRDB
import TestSupport
import Testing

@testable import CentralSync

@Suite(.timeLimit(.minutes(1))) struct FailingDiskTests {
    /// Whoever repeats what may have been written makes two of it.
    @Test func `a write that the disk failed may have been written, and is not said to be none`() async throws {
        let folder = try TemporaryDirectory(inMemory: true)
        let database = try SQLiteCentralDatabase(path: folder.path("centre.sqlite"))
        await #expect(throws: CentralDatabaseError.outcomeUnknown) {
            try await database.write { _ in throw DatabaseError(resultCode: .SQLITE_IOERR_FSYNC) }
        }
        let full = await #expect(throws: CentralDatabaseError.self) {
            try await database.write { _ in throw DatabaseError(resultCode: .SQLITE_FULL) }
        }
        guard case .unavailable = full else {
            Issue.record("a full disk refuses cleanly: \(String(describing: full))")
            return
        }
        try database.close()
    }
}
