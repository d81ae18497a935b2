public import Foundation

/// A folder of a test's own, removed with all it holds when the test lets go of it.
public final class TemporaryDirectory: Sendable {
    public let url: URL

    /// - Parameter inMemory: On `/dev/shm`, for tests that open very many files and are not about the disk.
    public init(inMemory: Bool = false) throws {
        let parent = inMemory ? URL(filePath: "/dev/shm") : FileManager.default.temporaryDirectory
        url = parent.appending(path: "fichas-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file inside the folder; the file need not exist.
    public func path(_ name: String) -> String {
        url.appending(path: name).path(percentEncoded: false)
    }
}
