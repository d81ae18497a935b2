import Foundation
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// The modules themselves, read by zbar.
@Suite struct QRCodeTests {
    @Test(arguments: [
        "http://10.5.50.2:8080/r/r1/ficha?code=4382719056", "http://192.168.88.2/r/A-z_9/ficha?code=1000000000", "1",
        String(repeating: "abcdefgh12", count: 20),
    ])
    func `a reader that others wrote reads what was written`(text: String) async throws {
        let code = try #require(QRCode(text))
        let folder = try TemporaryDirectory()
        let file = folder.url.appending(path: "qr.pgm")
        try Data(Self.greyMap(code, dotsInModule: 4)).write(to: file)
        #expect(try await QRReader.read(file) == [text])
    }

    @Test func `nothing, and what is too fine for a receipt printer, is no code`() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: 201)) == nil)
    }

    @Test func `the form with its code comes out of the address`() throws {
        var generator = SplitMix64(seed: 9)
        let code = FichaCode(using: &generator)
        #expect(PortalPath.redeem("r1", code) == "/r/r1/ficha?code=\(code.digits)")
    }

    /// A portable grey map with the margin that the standard asks for.
    private static func greyMap(_ code: QRCode, dotsInModule scale: Int) -> [UInt8] {
        let margin = QRCode.quietModules
        let width = code.modules.width + 2 * margin
        let side = width * scale
        var dots = Array("P5 \(side) \(side) 255\n".utf8)
        for y in 0..<side {
            for x in 0..<side {
                let (column, row) = (x / scale - margin, y / scale - margin)
                let isInside = (0..<code.modules.width).contains(column) && (0..<code.modules.width).contains(row)
                dots.append(isInside && code.modules.isBlack(column, row) ? 0 : 255)
            }
        }
        return dots
    }
}
