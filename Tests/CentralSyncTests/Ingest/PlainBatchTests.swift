import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// The fast reader of batches says what the general one says, or nothing.
@Suite struct PlainBatchTests {
    private static func read(_ bytes: [UInt8]) -> EventBatch? {
        bytes.withUnsafeBytes(PlainBatch.read)
    }

    private static func written(_ seed: UInt64, events: Int = 3) throws -> [UInt8] {
        var chain = EventChain()
        for number in 0..<events {
            try chain.addVenta("pur_\(seed)_\(number)", productName: seed % 2 == 0 ? "1 hora ñ" : "a/b\"c\\\n\t")
        }
        return Array(try JSONEncoder().encode(chain.batch(1...events)))
    }

    @Test func `what boxes write is read`() throws {
        for seed in 0..<4 as Range<UInt64> {
            let bytes = try Self.written(seed, events: 50)
            let batch = try #require(Self.read(bytes))
            #expect(batch == (try JSONDecoder().decode(EventBatch.self, from: Data(bytes))))
        }
    }

    /// One byte is another, is gone, or is there twice, thousands of times.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func `of what is broken both find the same`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let alphabet = Array(#""{}[]:,\ 019-+.eEnulltrue_vaZTñ"#.utf8) + [0x7f, 0x80, 0xff, 0x00]
        var (read, refused) = (0, 0)
        for _ in 0..<1_500 {
            var bytes = try Self.written(UInt64.random(in: 0...3, using: &generator))
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let other = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = other
                case 1: bytes.remove(at: place)
                default: bytes.insert(other, at: place)
                }
            }
            guard let batch = Self.read(bytes) else {
                refused += 1
                continue
            }
            read += 1
            #expect((try? JSONDecoder().decode(EventBatch.self, from: Data(bytes))) == batch)
        }
        #expect(read > 100 && refused > 100)
    }
}
