import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

/// The fast reader of events says what the general one says, or nothing.
@Suite struct PlainVentaTests {
    static func event(_ seed: UInt64 = 1) throws -> String {
        var chain = EventChain()
        if seed % 5 == 0 {
            try chain.addResellerVenta(of: "ent_\(seed)", code: "4382719056")
            return chain.events[0]
        }
        if seed % 4 == 0 {
            try chain.addCashVenta("vta_\(seed)", folio: Int64(seed))
            return chain.events[0]
        }
        try chain.addVenta(
            "pur_\(seed)",
            cents: Int64(seed % 5_000),
            productName: seed % 3 == 0 ? "1 hora ñ" : #"a/b"c"#
        )
        return chain.events[0]
    }

    @Test func `a sale for cash is read, with its till`() throws {
        var chain = EventChain()
        try chain.addCashVenta("vta_1", folio: 137)
        let event = try #require(PlainVenta.read(chain.events[0]))
        #expect(event == (try JSONDecoder().decode(VentaEvent.self, from: Data(chain.events[0].utf8))))
        #expect((event.venta.tillID, event.venta.folio, event.venta.cashierID) == ("til_1", 137, "usr_ana"))
        let broken = chain.events[0].replacing("\"folio\":137", with: "\"folio\":\"137\"")
        #expect(PlainVenta.read(broken) == nil)
    }

    @Test func `what a reseller sold is read, with their commission`() throws {
        var chain = EventChain()
        try chain.addResellerVenta(of: "ent_1", code: "4382719056")
        let event = try #require(PlainVenta.read(chain.events[0]))
        #expect(event == (try JSONDecoder().decode(VentaEvent.self, from: Data(chain.events[0].utf8))))
        #expect((event.venta.resellerID, event.venta.entregaID, event.venta.commissionCents) == ("rev_1", "ent_1", 300))
    }

    @Test func `what boxes write is read`() throws {
        let text =
            #"{"at":"2026-11-22T16:10:09.123Z","box_id":"box_1","epoch":2,"kind":"venta","seq":9,"#
            + #""venta":{"amount_cents":1500,"charge_id":null,"currency":"MXN","duration_seconds":3600,"#
            + #""ficha_code":"4382719056","id":"pur_1","method":"card","outcome":"refunded","product_id":1,"#
            + #""product_name":"1 hora ñ","refunded_cents":1500,"router_id":"r1"}}"#
        let event = try #require(PlainVenta.read(text))
        #expect(event == (try JSONDecoder().decode(VentaEvent.self, from: Data(text.utf8))))
        #expect(event.venta.chargeID == nil && event.venta.orderID == nil && event.venta.fichaCode == "4382719056")
        #expect(PlainVenta.read(" {\n" + text.dropFirst() + " \t") == event)
    }

    /// One byte is another, is gone, or is there twice, thousands of times.
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64]) func `of what is broken both find the same`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let alphabet = Array(#""{}[]:,\ 019-+.eEnulltrue_vaZT\#u{7f}ñ"#.utf8)
        var (read, refused) = (0, 0)
        for _ in 0..<1_500 {
            var bytes = Array(try Self.event(seed * 3 - UInt64.random(in: 0...2, using: &generator)).utf8)
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let other = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = other
                case 1: bytes.remove(at: place)
                default: bytes.insert(other, at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let event = PlainVenta.read(text) else {
                refused += 1
                continue
            }
            read += 1
            #expect((try? JSONDecoder().decode(VentaEvent.self, from: Data(text.utf8))) == event, "\(text)")
            #expect(
                ReadEvent(text, epoch: 1, seq: 1) == ReadEvent(anyJSON: text, epoch: 1, seq: 1),
                "\(text)"
            )
        }
        #expect(read > 100 && refused > 100)
    }

    @Test(arguments: [
        #"{"kind":"venta","kind":"venta"}"#, "[]", "", "{", "{}", #"{"kind":"venta"} x"#, #"{"kind":"telemetry"}"#,
    ])
    func `what is not plain is left to the other`(text: String) {
        #expect(PlainVenta.read(text) == nil)
    }
}
