import Foundation
import Shared
import TestSupport
import Testing

/// What released versions sent is still understood, byte for byte.
@Suite struct RecordedBytesTests {
    static var versions: [String] {
        let folder = RecordedBytes.folder.path(percentEncoded: false)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0 != "README.md" }.sorted()
    }

    @Test func `there are recordings`() {
        #expect(Self.versions.first == "0.1.0")
    }

    @Test(arguments: versions) func `a recorded site document is one a box sells by`(version: String) throws {
        let document = try SiteSnapshot(json: try RecordedBytes(version).data("snapshot.json"))
        #expect(!document.routers.isEmpty)
        #expect(!document.catalogue(routerID: document.routers[0].id).isEmpty)
        #expect(document.conekta != nil)
    }

    @Test(arguments: versions) func `a recorded batch is read, and its chain is what it was`(version: String) throws {
        let recorded = RecordedBytes(version)
        let batch = try recorded.batch()
        var hash = batch.previousHash
        var hashes: [String] = []
        for (index, text) in batch.events.enumerated() {
            let event = try JSONDecoder().decode(VentaEvent.self, from: Data(text.utf8))
            #expect((event.epoch, event.seq) == (batch.epoch, batch.fromSeq + Int64(index)))
            // What goes up today for the same sale is the same, byte for byte.
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            #expect(String(decoding: try encoder.encode(event), as: UTF8.self) == text)
            hash = SHA256Digest(of: hash.bytes + Array(text.utf8))
            hashes.append(hash.hexadecimal)
        }
        #expect(hashes == (try recorded.hashes()))
    }
}
