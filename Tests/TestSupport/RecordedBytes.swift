public import Foundation
public import Shared

/// What one released version sent over the wire; see `Tests/SharedTests/Sync/Recorded`.
public struct RecordedBytes {
    public static let folder = RunningProgram.package.appending(path: "Tests/SharedTests/Sync/Recorded")

    private let version: String

    public init(_ version: String) {
        self.version = version
    }

    public func data(_ name: String) throws -> Data {
        try Data(contentsOf: Self.folder.appending(path: version).appending(path: name))
    }

    public func batch() throws -> EventBatch {
        try JSONDecoder().decode(EventBatch.self, from: try data("batch.json"))
    }

    /// Of the chain after each event.
    public func hashes() throws -> [String] {
        try JSONDecoder().decode([String].self, from: try data("hashes.json"))
    }
}
