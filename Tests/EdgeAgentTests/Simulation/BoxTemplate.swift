import Foundation
import Store
import TestSupport

@testable import EdgeAgent

/// A new box's database, made once for all runs: bringing the schema up is half of what a short run would cost.
enum BoxTemplate {
    private static let file = Task {
        let folder = try TemporaryDirectory(inMemory: true)
        let path = folder.path("template.sqlite")
        try await BoxDatabase.open(path: path).close()
        return try Data(contentsOf: URL(filePath: path))
    }

    /// Opens the box's database as production does; a new one begins as a copy of the template.
    static func open(path: String) async throws -> DurableDatabase {
        if !FileManager.default.fileExists(atPath: path) {
            try await file.value.write(to: URL(filePath: path))
        }
        return try await BoxDatabase.open(path: path)
    }
}
