import Foundation
import Testing

/// What the fuzzer found worth keeping, on every run of the tests.
struct CorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    static let inputs: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }()

    @Test func `there is a corpus`() {
        #expect(Self.inputs.count > 10)
    }

    @Test(arguments: inputs)
    func `an input from the corpus breaks nothing`(name: String) throws {
        try FuzzedConnection.run([UInt8](try Data(contentsOf: Self.folder.appending(path: name))))
    }
}
