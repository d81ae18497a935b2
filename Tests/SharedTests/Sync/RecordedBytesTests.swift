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
        #expect(Self.versions == ["0.1.0", "0.2.0"])
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
            let head = try JSONDecoder().decode(Head.self, from: Data(text.utf8))
            #expect((head.epoch, head.seq) == (batch.epoch, batch.fromSeq + Int64(index)))
            // What goes up today for the same is the same, byte for byte.
            #expect(try Self.written(text, head.kind) == text)
            hash = SHA256Digest(of: hash.bytes + Array(text.utf8))
            hashes.append(hash.hexadecimal)
        }
        #expect(hashes == (try recorded.hashes()))
    }

    private struct Head: Decodable {
        let kind: String
        let epoch: Int64
        let seq: Int64
    }

    /// Read, and written as boxes write it.
    private static func written(_ text: String, _ kind: String) throws -> String {
        switch kind {
        case "venta": try written(VentaEvent.self, text)
        case "ficha": try written(FichaEvent.self, text)
        case "void": try written(VoidEvent.self, text)
        case "corte": try written(CorteEvent.self, text)
        case "entrega": try written(EntregaEvent.self, text)
        case "devolucion": try written(DevolucionEvent.self, text)
        case "corte_revendedor": try written(ResellerCorteEvent.self, text)
        default: ""
        }
    }

    private static func written<Event: Codable>(_ type: Event.Type, _ text: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let event = try JSONDecoder().decode(type, from: Data(text.utf8))
        return String(decoding: try encoder.encode(event), as: UTF8.self)
    }
}
