import ConektaSimulator
import Foundation
import Shared
import TestSupport
import Testing

struct JSONValueTests {
    private static let text = #"{"a":null,"b":true,"c":-15000,"d":1.5,"e":"ñ/\n","f":[1,"1",[]],"g":{}}"#

    @Test func `a document comes back as it went out`() throws {
        let value = try JSONValue(parsing: Data(Self.text.utf8))
        #expect(value["a"] == .null)
        #expect(value["c"]?.integer == -15_000)
        #expect(value["f"]?[1]?.text == "1")
        #expect(String(decoding: value.data, as: UTF8.self) == Self.text)
    }

    @Test(
        arguments: [
            (#" "\u00f1\ud83d\ude00\t\/\"" "#, .string("ñ😀\t/\"")), ("-0", 0), ("9223372036854775807", .integer(.max)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1e2", .number(100)), ("[ ]", []),
            (#"{"a":1,"a":2}"#, ["a": 2]),
        ] as [(String, JSONValue)]
    )
    func `the corners of the grammar`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: Data(text.utf8)) == value)
    }

    @Test(arguments: [
        "", "{", "{\"a\":}", "nada", "[1,2", "[1,]", "{\"a\":1,}", "01", "1.", "-", "1e", "+1", ".5", "1 2", "tru",
        "\"a",
        "\"\n\"", #""\x""#, #""\u12g4""#, #""\ud83d""#, #""\ude00""#, "{1:2}", "1e999", "NaN",
        String(repeating: "[", count: 101) + String(repeating: "]", count: 101),
    ])
    func `what is no JSON throws`(text: String) {
        #expect(throws: (any Error).self) { try JSONValue(parsing: Data(text.utf8)) }
    }

    @Test func `bytes that are no UTF-8 throw`() {
        #expect(throws: (any Error).self) { try JSONValue(parsing: Data([0x22, 0xc3, 0x28, 0x22])) }
    }

    @Test(arguments: UInt64(0)..<50)
    func `damaged documents are taken and refused as Foundation does`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<40 {
            var bytes = Array(Self.text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(UInt8.random(in: 0x20...0x7e, using: &random), at: place)
                default: bytes[place] = bytes[Int.random(in: 0..<bytes.count, using: &random)]
                }
            }
            let ours = try? JSONValue(parsing: Data(bytes))
            let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            let text = String(decoding: bytes, as: UTF8.self)
            // Foundation forgives a comma before the closing bracket; the grammar does not.
            let isForgiven = text.contains(/,\s*[\]}]/)
            #expect((ours != nil) == (theirs != nil && !isForgiven), "seed \(seed): \(text)")
            guard let ours else { continue }
            #expect(try JSONValue(parsing: ours.data) == ours, "seed \(seed): \(text)")
        }
    }
}
