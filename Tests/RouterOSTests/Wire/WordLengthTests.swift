import NIOCore
import TestSupport
import Testing

@testable import RouterOS

struct WordLengthTests {
    /// The edges of every form; reference `routeros.md` §1.1.
    static let vectors: [(length: Int, hex: String)] = [
        (0, "00"), (1, "01"), (127, "7f"), (128, "8080"), (135, "8087"), (256, "8100"), (16383, "bfff"),
        (16384, "c04000"), (17185, "c04321"), (2_097_151, "dfffff"), (2_097_152, "e0200000"), (2_805_231, "e02acdef"),
        (268_435_455, "efffffff"), (268_435_456, "f010000000"), (268_435_584, "f010000080"),
        (4_294_967_295, "f0ffffffff"),
    ]

    @Test(arguments: vectors)
    func `a length is written in its shortest form`(length: Int, hex: String) {
        var buffer = ByteBuffer()
        WordLength.write(length, into: &buffer)
        #expect(buffer.hex == hex)
    }

    @Test(arguments: vectors)
    func `a length is read, and nothing after it`(length: Int, hex: String) throws {
        var buffer = ByteBuffer(hex: hex + "ab")
        #expect(try WordLength.read(from: &buffer) == length)
        #expect(buffer.hex == "ab")
    }

    @Test(arguments: vectors)
    func `an unfinished length leaves the buffer as it is`(length: Int, hex: String) throws {
        let whole = ByteBuffer(hex: hex)
        for count in 0..<whole.readableBytes {
            var part = whole.getSlice(at: 0, length: count)!
            #expect(try WordLength.read(from: &part) == nil)
            #expect(part.readableBytes == count)
        }
    }

    @Test(arguments: ["807f", "c0007f", "e000007f", "f00000007f"])
    func `a longer form than needed is read too`(hex: String) throws {
        var buffer = ByteBuffer(hex: hex)
        #expect(try WordLength.read(from: &buffer) == 0x7F)
    }

    @Test(arguments: UInt8(0xF8)...0xFF)
    func `a reserved first byte is refused`(byte: UInt8) {
        var buffer = ByteBuffer(bytes: [byte, 0, 0, 0, 0])
        #expect(throws: WireError.reservedLength(firstByte: byte)) { try WordLength.read(from: &buffer) }
    }

    @Test(arguments: UInt64(0)..<50)
    func `any length comes back`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let bits = Int.random(in: 0...32, using: &generator)
            let length = Int(UInt64.random(in: 0...(UInt64(1) << bits) - 1, using: &generator))
            var buffer = ByteBuffer()
            WordLength.write(length, into: &buffer)
            #expect(try WordLength.read(from: &buffer) == length, "seed \(seed)")
            #expect(buffer.readableBytes == 0, "seed \(seed), length \(length)")
        }
    }
}
