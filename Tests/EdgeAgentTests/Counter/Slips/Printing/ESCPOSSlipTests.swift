import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// The bytes, as a printer that knows nothing of us puts them on paper.
@Suite struct ESCPOSSlipTests {
    @Test(arguments: RollPaper.allCases)
    func `a printer shows what the slip says, in Spanish, with the code large`(paper: RollPaper) throws {
        let printed = try PrintedPaper(ESCPOSSlip(.forTests(), paper: paper).bytes)
        let text = printed.lines.map(\.text).joined(separator: " ")
        for words in [
            "WiFi Don Chuy", "24 horas", "$25", "El tiempo corre desde que te conectas.",
            "1. Conéctate al WiFi «Plaza San Juan».", "¿No se puede?", "Folio 000123 · 22 nov 2026 10:10",
            "Caja 1 · Atendió Ana Núñez", "¿Ayuda? 951 123 4567", "¡Gracias por tu compra!",
        ] {
            #expect(text.contains(words), "\(words) in \(text)")
        }
        let code = try #require(printed.lines.first { $0.text == "438 271 9056" })
        #expect(code.isBold && code.isCentred)
        // A plain letter is three millimetres high.
        #expect([code.width, code.height] == [paper == .mm58 ? 2 : 3, 3])
        #expect(printed.lines.allSatisfy { $0.text.count * $0.width <= paper.columns })
        #expect(!text.contains("REIMPRESIÓN"))
        #expect(printed.cuts == 1)
    }

    @Test(arguments: RollPaper.allCases)
    func `the printer draws the QR code, and it fits`(paper: RollPaper) throws {
        let url = "http://192.168.100.200:8080/r/" + String(repeating: "r", count: 64) + "/ficha?code=4382719056"
        for url in ["http://10.5.50.2/r/r1/ficha?code=4382719056", url] {
            let printed = try PrintedPaper(ESCPOSSlip(.forTests(redeemURL: url), paper: paper).bytes)
            #expect(printed.codes.map(\.text) == [url])
            let module = try #require(printed.codes.first).moduleDots
            let modules = try #require(QRCode(url)).modules.width + 8
            #expect(module * modules <= paper.printableDots)
            // Less than half a millimetre and old cameras do not see it.
            #expect(module >= 4)
        }
        #expect(try PrintedPaper(ESCPOSSlip(.forTests(redeemURL: nil), paper: paper).bytes).codes.isEmpty)
    }

    @Test func `a reprint says so in letters twice as large`() throws {
        let printed = try PrintedPaper(ESCPOSSlip(.forTests(isReprint: true), paper: .mm58).bytes)
        let mark = try #require(printed.lines.first)
        #expect(mark.text == "REIMPRESIÓN")
        #expect([mark.width, mark.height] == [2, 2])
    }

    @Test func `the drawer opens only when it is asked for`() throws {
        #expect(try PrintedPaper(ESCPOSSlip(.forTests(), paper: .mm80).bytes).drawerOpenings == 0)
        #expect(try PrintedPaper(ESCPOSSlip(.forTests(), paper: .mm80, opensDrawer: true).bytes).drawerOpenings == 1)
    }

    @Test func `a name cannot command the printer`() throws {
        // ESC p opens the drawer, GS V cuts, ESC @ forgets the code page, a high C1 control is an ESC on some.
        let evil = "\u{1B}p\u{0}\u{19}\u{FA} \u{1D}V\u{0} \u{1B}@\u{9B} ñ"
        let slip = try Slip.forTests(
            issuer: .forTests(empresa: evil, lines: [evil], wifiName: evil),
            product: evil,
            origin: .sold(Slip.Sale(folio: 1, till: evil, cashier: evil, soldAt: Slip.saleTime))
        )
        let printed = try PrintedPaper(ESCPOSSlip(slip, paper: .mm58).bytes)
        #expect(printed.drawerOpenings == 0)
        #expect(printed.cuts == 1)
        #expect(printed.lines.contains { $0.text.contains("ñ") })
    }

    @Test func `a logo is printed dot by dot`() throws {
        // Ten dots wide: the first and the last of each of two rows.
        let logo = try Bitmap(logo: Array("P4 10 2 ".utf8) + [0x80, 0x40, 0x80, 0x40])
        let printed = try PrintedPaper(ESCPOSSlip(.forTests(issuer: .forTests(logo: logo)), paper: .mm58).bytes)
        #expect(printed.pictures == [[[0x80, 0x40], [0x80, 0x40]]])
    }

    @Test func `every letter of the code page is the C library's`() throws {
        // All but the soft hyphen and the space that does not break.
        for byte in [UInt8](0xA0...0xFE) + [UInt8](0x80...0x9F) where byte != 0xF0 {
            let printed = try PrintedPaper([0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x74, PrinterCodePage.number, byte, 0x0A])
            let letter = try #require(printed.lines.first).text
            #expect(PrinterCodePage.encode(letter) == [byte], "\(letter)")
            #expect(PrinterCodePage.readable(letter) == letter)
        }
    }

    @Test(arguments: [
        ("“Café” — 5 €…", "\"Café\" - 5 EUR..."), ("Cholōllān", "Chololl\u{61}n"), ("n\u{303}an\u{303}o", "ñaño"),
        ("WiFi 🌵 漢", "WiFi ? ?"), ("Ő ş", "O s"), ("\u{1B}", "?"),
    ])
    func `letters it does not have become the nearest ones`(text: String, readable: String) {
        #expect(PrinterCodePage.readable(text) == readable)
    }
}
