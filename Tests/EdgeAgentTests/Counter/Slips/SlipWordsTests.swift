import Foundation
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

/// What a slip says to its buyer, apart from how it is printed.
@Suite struct SlipWordsTests {
    @Test func `the clock is explained in words`() throws {
        #expect(try Slip.forTests(clock: .corrido).clockSentence == "El tiempo corre desde que te conectas.")
        #expect(try Slip.forTests(clock: .pausado).clockSentence == "El tiempo corre solo mientras navegas.")
    }

    @Test func `a name that does not say its time is followed by it`() throws {
        #expect(try Slip.forTests(product: "24 Horas").title == "24 Horas")
        #expect(try Slip.forTests(product: "Fin de semana", seconds: 172_800).title == "Fin de semana (2 días)")
    }

    @Test(
        arguments: [
            (5_000_000_000, "Hasta 5 GB."), (1_500_000_000, "Hasta 1.5 GB."), (500_000_000, "Hasta 500 MB."),
        ] as [(Int64, String)]
    )
    func `a limit of data is said before it is met`(bytes: Int64, sentence: String) throws {
        #expect(try Slip.forTests(dataLimitBytes: bytes).dataSentence == sentence)
    }

    @Test func `a sale shows folio, till, cashier and the time of its site`() throws {
        #expect(
            try Slip.forTests().originLines == [
                "Folio 000123 · 22 nov 2026 10:10", "Caja 1 · Atendió Ana Núñez",
            ]
        )
        #expect(try Slip.forTests().sellByLine == nil)
    }

    @Test func `stock shows its batch and the last day on which it is sold, by the days of its site`() throws {
        // Still the last of January in Mexico City, already February in London.
        let sellBy = try #require(Timestamp(rfc3339: "2027-02-01T05:59:59Z"))
        let slip = try Slip.forTests(origin: .stock(Slip.Stock(batch: "L7", number: 3, sellBy: sellBy)))
        #expect(slip.originLines == ["Lote L7 · Núm. 3"])
        #expect(slip.sellByLine == "Venta hasta el 31 ene 2027")
    }

    @Test func `without a way to the portal nobody is told to scan`() throws {
        let slip = try Slip.forTests(issuer: .forTests(wifiName: nil), redeemURL: nil)
        #expect(slip.steps.first == "1. Conéctate a nuestro WiFi.")
        #expect(!slip.steps.contains { $0.contains("QR") })
        #expect(slip.steps.last?.contains("«Ya tengo una ficha» y escribe tus 10 números") == true)
    }

    @Test(arguments: [
        ("  dos\n\tlíneas \u{1B}p\u{0}\u{19} ", "dos líneas p"), ("de\u{202E}recha\u{2066}", "derecha"),
        ("a\u{A0}b\u{2028}c", "a b c"), ("", ""),
        (String(repeating: "x", count: 500), String(repeating: "x", count: 200)),
    ])
    func `nothing from outside commands a printer or turns digits round`(text: String, clean: String) {
        #expect(SlipText.clean(text) == clean)
    }

    @Test func `lines break between words, and within one that is too long`() {
        #expect(SlipText.wrapped("uno dos tres", columns: 7) == ["uno dos", "tres"])
        #expect(SlipText.wrapped("uno abcdefghij k", columns: 4) == ["uno", "abcd", "efgh", "ij k"])
        #expect(SlipText.wrapped("", columns: 4) == [])
    }

    @Test func `a long word in a name is not broken, it is written smaller`() throws {
        let slip = try Slip.forTests(issuer: .forTests(empresa: "Telecomunicaciones Etla"))
        #expect(SlipLayout(slip, paper: .mm58).elements.contains(.text("Telecomunicaciones Etla", .strong)))
        let wide = SlipLayout(slip, paper: .mm80).elements
        #expect(wide.contains(.text("Telecomunicaciones Etla", .heading)))
    }

    @Test(arguments: RollPaper.allCases)
    func `no line is wider than the paper, whatever people call things`(paper: RollPaper) throws {
        var generator = SplitMix64(seed: 58)
        let alphabet = Array("aeiou áéíóúñ MW-.,\u{1B}\n🌵漢ā…«")
        for run in 0..<200 {
            func text() -> String {
                String(
                    (0..<Int.random(in: 1...150, using: &generator)).map { _ in
                        alphabet.randomElement(using: &generator) ?? "x"
                    }
                )
            }
            let slip = try Slip.forTests(
                issuer: .forTests(empresa: text(), lines: [text(), text()], wifiName: text()),
                product: text(),
                origin: .sold(Slip.Sale(folio: .max, till: text(), cashier: text(), soldAt: Slip.saleTime)),
                isReprint: run.isMultiple(of: 2)
            )
            let layout = SlipLayout(slip, paper: paper, readable: PrinterCodePage.readable)
            var codes = 0
            for case .text(let line, let style) in layout.elements {
                #expect(line.count * style.magnification(on: paper).width <= paper.columns, "run \(run): \(line)")
                if style == .code { codes += 1 }
            }
            #expect(codes == 1, "run \(run)")
        }
    }

    @Test func `an issuer takes its words from the site's document`() throws {
        let more = #""slips":{"wifi_name":"Plaza","lines":["Uno","Dos"],"logo_pbm":"UDQgOCAxIP8="}"#
        let issuer = SlipIssuer(try CounterFixture.site(cashiers: [], more: more))
        #expect(issuer.empresa == "WiFi Ejemplo")
        #expect(issuer.support == "55 1234 5678")
        #expect(issuer.timeZone.identifier == "America/Mexico_City")
        #expect(issuer.lines == ["Uno", "Dos"] && issuer.wifiName == "Plaza")
        #expect(issuer.logo?.strokePath == "M0 .5h8")
        let silent = SlipIssuer(try .forTests())
        #expect(silent.lines.isEmpty && silent.logo == nil && silent.wifiName == nil)
    }
}
