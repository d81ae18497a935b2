import Foundation
import Shared
import TestSupport
import Testing

@Suite struct BitmapTests {
    /// Ten dots wide: the first and the last of each of two rows.
    private static let small = Array("P4\n# hecho a mano\n10 2\n".utf8) + [0x80, 0x40, 0x80, 0x40]

    @Test func `a portable bitmap is read, and drawn with strokes`() throws {
        let logo = try Bitmap(logo: Self.small)
        #expect((logo.width, logo.height) == (10, 2))
        #expect((0..<10).filter { logo.isBlack($0, 1) }.elementsEqual([0, 9]))
        #expect(logo.strokePath == "M0 .5h1m8 0h1m-10 1h1m8 0h1")
    }

    @Test(arguments: [
        ("P5 10 2 255 \u{0}\u{0}", LogoError.notPBM), ("P4 10", .notPBM), ("P4 10 2 xx", .notPBM),
        ("P4 99999999999999999999 2 x", .notPBM), ("P4 385 1 ", .tooLarge), ("P4 8 161 ", .tooLarge),
        ("P4 0 1 ", .tooLarge),
        ("", .notPBM), ("P4 -8 1 x", .notPBM),
    ])
    func `what is no logo is refused`(file: String, problem: LogoError) {
        #expect(throws: problem) { try Bitmap(logo: Array(file.utf8)) }
    }

    @Test func `a photograph is refused, the whitest and the blackest picture are not`() throws {
        func picture(_ byte: (Int) -> UInt8) -> [UInt8] {
            Array("P4 384 160 ".utf8) + (0..<(48 * 160)).map(byte)
        }
        var generator = SplitMix64(seed: 4)
        #expect(throws: LogoError.tooDetailed) {
            try Bitmap(logo: picture { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        #expect(try Bitmap(logo: picture { _ in 0 }).runs.isEmpty)
        #expect(try Bitmap(logo: picture { _ in 0xFF }).runs.count == 160)
    }

    @Test func `a logo of a document is read from base 64, within its size`() throws {
        let text = Data(Self.small).base64EncodedString()
        #expect(try SlipLogo(base64: text).picture == Bitmap(logo: Self.small))
        for wrong in ["", " " + text, String(text.dropLast()), "key"] {
            #expect(throws: LogoError.notPBM, "\(wrong)") { try SlipLogo(base64: wrong) }
        }
        let long = String(repeating: "A", count: SlipLogo.maximumCharacters + 4)
        #expect(throws: LogoError.tooLarge) { try SlipLogo(base64: long) }
    }
}
