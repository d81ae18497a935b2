import Foundation
import TestSupport
import Testing

@testable import ServerKit

struct GzipTests {
    /// The oracle is the gzip of the system, not the library we compress with.
    private func decompressed(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryDirectory()
        let file = folder.path("page.gz")
        try Data(bytes).write(to: URL(filePath: file))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "--decompress", file]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try Array(Data(contentsOf: URL(filePath: folder.path("page"))))
    }

    @Test(arguments: [0, 1, 100, 65_535, 300_000])
    func whatIsCompressedComesBack(count: Int) throws {
        var random = SplitMix64(seed: UInt64(count))
        let bytes = (0..<count).map { _ in UInt8.random(in: 97...103, using: &random) }
        let compressed = try Gzip.compress(bytes)
        #expect(try decompressed(compressed) == bytes)
        #expect(count < 1_000 || compressed.count < count / 2)
    }

    @Test func theSameInputGivesTheSameBytes() throws {
        let bytes = Array(repeating: UInt8(7), count: 10_000)
        let first = try Gzip.compress(bytes)
        #expect(try Gzip.compress(bytes) == first)
        #expect(Array(first[4..<8]) == [0, 0, 0, 0], "the header holds no time")
    }
}
