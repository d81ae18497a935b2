import Foundation
import Purchasing
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// Slips as Chromium prints them, on each kind of paper.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SlipPrintingTests {
    /// The shortest and the longest a slip can be.
    enum Length: CaseIterable { case short, long }

    @Test(arguments: RollPaper.allCases, Length.allCases)
    func `a roll prints one slip, large enough to read, nothing off the paper and little paper to spare`(
        paper: RollPaper,
        length: Length
    ) async throws {
        let slip = try Self.slip(1, length: length)
        let page = try Self.pages().slip(slip, navigation: Self.navigation(.roll(paper)))
        let document = try await Self.document(of: page, name: "ticket-\(paper.rawValue)-\(length)")
        try #require(document.pages.count == 1)
        let sheet = document.pages[0]
        #expect(abs(sheet.width - Double(paper.widthMillimetres)) < 0.5)
        let margin = Double(paper.widthMillimetres - paper.printableMillimetres) / 2
        for word in sheet.words {
            #expect(word.left >= margin - 0.3 && word.right <= sheet.width - margin + 0.3, "\(word)")
        }
        let lowest = sheet.words.map(\.bottom).max() ?? 0
        #expect((0...10).contains(sheet.height - lowest), "\(lowest) of \(sheet.height)")
        // Digits are about two thirds as high as their box: five and seven millimetres, read at an arm's length.
        let digits = try #require(sheet.words.first { $0.text == slip.code.grouped.prefix(3) })
        #expect(digits.bottom - digits.top >= (paper == .mm58 ? 7 : 10))
        try await document.savePicture(ofPage: 1, dotsPerInch: 203)
        // With the dots the printer has.
        #expect(try await document.codes(onPage: 1, dotsPerInch: 203) == [try #require(slip.redeemURL)])
    }

    @Test(arguments: SheetPaper.allCases)
    func `a sheet holds 27 slips, each readable, none across a cut`(paper: SheetPaper) async throws {
        let slips = try (1...28).map { try Self.slip($0, length: $0.isMultiple(of: 5) ? .long : .short, isStock: true) }
        let page = try Self.pages().sheet(slips, paper: paper, navigation: Self.navigation(.sheet(paper)))
        let document = try await Self.document(of: page, name: "hoja-\(paper.rawValue)")
        try #require(document.pages.count == 2)
        let sheet = document.pages[0]
        let size = paper == .a4 ? [210.0, 297] : [215.9, 279.4]
        #expect(abs(sheet.width - size[0]) < 0.5 && abs(sheet.height - size[1]) < 0.5)
        let cell = paper.cellMillimetres
        for word in sheet.words {
            let column = Int((word.left - 6) / cell.width)
            let row = Int((word.top - 8) / cell.height)
            #expect(word.left >= 6 && word.right <= 6 + Double(column + 1) * cell.width + 0.1, "\(word)")
            #expect(word.top >= 7.5 && word.bottom <= 8 + Double(row + 1) * cell.height + 0.5, "\(word)")
        }
        for (index, slip) in slips.enumerated() {
            let (page, place) = index.quotientAndRemainder(dividingBy: SheetPaper.slips)
            let area = PrintedDocument.Area(
                left: 6 + Double(place % SheetPaper.columns) * cell.width,
                top: 8 + Double(place / SheetPaper.columns) * cell.height,
                width: cell.width,
                height: cell.height
            )
            let codes = try await document.codes(onPage: page + 1, in: area, dotsPerInch: 300)
            #expect(codes == [try #require(slip.redeemURL)], "slip \(index)")
            // Nor does a long name push away what has to be known before paying.
            let words = document.pages[page].words
                .filter { area.contains($0.left, $0.top) }
                .map(\.text)
                .joined()
            let told = [slip.code.grouped, slip.clockSentence, String(slip.title.prefix(8)), slip.sellByLine ?? ""]
            for text in told + slip.originLines {
                #expect(words.contains(text.replacing(" ", with: "")), "\(text) in \(words)")
            }
        }
        try await document.savePicture(ofPage: 1, dotsPerInch: 150)
    }

    // MARK: Pieces

    private static func pages() throws -> SlipPages {
        let folder = RunningProgram.package.appending(path: "portal-html/mostrador")
        return try SlipPages(directory: folder.path(percentEncoded: false))
    }

    private static func navigation(_ paper: SlipPaper) -> SlipNavigation {
        SlipNavigation(
            paper: paper,
            of: SlipPaper.allCases,
            url: "/mostrador/ventas/x/boleto",
            backURL: "/mostrador",
            printsAtOnce: false
        )
    }

    /// Prints a page that comes with its policy, as from the counter.
    private static func document(of page: SlipPage, name: String) async throws -> PrintedDocument {
        let server = try RawServer { request in
            // The button's script has no part in what is printed.
            let isPage = request.path == "/"
            let (type, text) = isPage ? ("text/html", page.html) : ("text/javascript", "")
            return .sendThenClose(
                "HTTP/1.1 200 OK\r\nContent-Type: \(type); charset=utf-8\r\nConnection: close\r\n"
                    + "Content-Length: \(text.utf8.count)\r\nContent-Security-Policy: \(page.policy)\r\n\r\n" + text
            )
        }
        defer { server.stop() }
        return try await Browser.run { browser in
            try await browser.open(server.url + "/")
            try await browser.saveScreenshot(name + "-en-pantalla")
            let complaints = try await browser.complaints.filter { !$0.contains("favicon") }
            #expect(complaints == [])
            return try await PrintedDocument(try await browser.printed(), name: name)
        }
    }

    private static func slip(_ number: UInt64, length: Length, isStock: Bool = false) throws -> Slip {
        var generator = SplitMix64(seed: number)
        let code = FichaCode(using: &generator)
        let isLong = length == .long
        let time = Timestamp(milliseconds: 1_795_363_809_000)
        let sale = Slip.Sale(
            folio: isLong ? 1_234_567_890 : 123,
            till: isLong ? "Mostrador principal de la papelería" : "1",
            cashier: isLong ? "María Fernanda Hernández Altamirano" : "Ana",
            soldAt: time
        )
        let stock = Slip.Stock(batch: isLong ? "LOTE-2026-NOVIEMBRE-07" : "7", number: Int(number), sellBy: time)
        return Slip(
            issuer: SlipIssuer(
                empresa: isLong ? "Servicios de Telecomunicaciones WMWM del Valle de Etla" : "WiFi Don Chuy",
                logo: isLong ? Bitmap(width: 240, height: 96) { x, y in (x / 24 + y / 24).isMultiple(of: 2) } : nil,
                lines: isLong ? ["¡Gracias por tu compra! Vuelve pronto.", "No es comprobante fiscal."] : [],
                support: "951 123 4567",
                wifiName: isLong ? "WIFI-PLAZA-SAN-JUAN-BAUTISTA-5G-X" : "Plaza San Juan",
                timeZone: try #require(TimeZone(identifier: "America/Mexico_City"))
            ),
            code: code,
            product: PurchasedProduct(
                id: 1,
                name: isLong ? "Ficha familiar de fin de semana largo con velocidad alta" : "24 horas",
                price: Money(cents: isLong ? 123_450 : 2_500),
                durationSeconds: isLong ? 259_200 : 86_400,
                clock: isLong ? .pausado : .corrido,
                mikrotikProfile: "24h",
                dataLimitBytes: isLong ? 15_500_000_000 : nil
            ),
            origin: isStock ? .stock(stock) : .sold(sale),
            redeemURL: "http://10.5.50.2:8080" + PortalPath.redeem("r1", code),
            isReprint: isLong
        )
    }
}
