import TestSupport
import Testing

@testable import CentralSync

/// The databases a centre may run on.
enum DatabaseKind: String, CaseIterable, CustomTestStringConvertible {
    case sqlite

    var testDescription: String { rawValue }

    /// Runs `body` on a fresh database with the whole schema.
    func withDatabase(_ body: (any CentralDatabase) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            let folder = try TemporaryDirectory(inMemory: true)
            let database = try SQLiteCentralDatabase(path: folder.path("centre.sqlite"))
            try await body(database)
            try database.close()
        }
    }
}
