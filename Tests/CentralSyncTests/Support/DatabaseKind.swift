import Logging
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// The databases a centre may run on.
enum DatabaseKind: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgresql

    var testDescription: String { rawValue }

    /// Runs `body` on a fresh database with the whole schema.
    func withDatabase(_ body: (any CentralDatabase) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            let folder = try TemporaryDirectory(inMemory: true)
            let database = try SQLiteCentralDatabase(path: folder.path("centre.sqlite"))
            try await body(database)
            try database.close()
        case .postgresql:
            try await ThrowawayPostgres.shared.withDatabase { place in
                let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                let database = try PostgresCentralDatabase(url: Secret(place.url), logger: logger)
                try await database.migrate()
                try await body(database)
                await database.close()
            }
        }
    }
}
