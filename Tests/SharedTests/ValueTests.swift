import Foundation
import Shared
import TestSupport
import Testing

@Suite struct ValueTests {
    @Test func `times are RFC 3339 with milliseconds and round`() throws {
        let time = Timestamp(milliseconds: 1_795_363_809_123)
        #expect(time.rfc3339 == "2026-11-22T16:10:09.123Z")
        #expect(Timestamp(rfc3339: time.rfc3339) == time)
        #expect(Timestamp(rfc3339: "2026-11-22T10:10:09-06:00") == Timestamp(seconds: 1_795_363_809))
        #expect(Timestamp(rfc3339: "ayer") == nil)
        #expect(time + .milliseconds(1) - time == .milliseconds(1))
    }

    @Test(arguments: ["aa:bb:cc:dd:ee:0f", "AA-BB-CC-DD-EE-0F", "aabb.ccdd.ee0f", "AABBCCDDEE0F"])
    func `hardware addresses are read in every usual form`(text: String) throws {
        #expect(try #require(MACAddress(text)).description == "AA:BB:CC:DD:EE:0F")
    }

    @Test(arguments: [
        "", "AA:BB:CC:DD:EE", "AA:BB:CC:DD:EE:0G", "AA:BB:CC:DD:EE:FF:00", "' OR 1=1 --", "ＡＡ:BB:CC:DD:EE:FF",
    ])
    func `nothing else is a hardware address`(text: String) {
        #expect(MACAddress(text) == nil)
    }

    @Test func `a secret shows itself to nobody`() {
        struct Holder { let secret: Secret<String> }
        let secret = Secret("key_12345")
        var dumped = ""
        dump(Holder(secret: secret), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(Holder(secret: secret))", dumped, "\([secret])"] {
            #expect(!text.contains("key_12345"), "\(text)")
        }
        #expect(secret.reveal() == "key_12345")
    }

    @Test func `money is shown as buyers read it`() {
        #expect(Money(cents: 1_000).displayText == "$10")
        #expect(Money(cents: 1_250).displayText == "$12.50")
        #expect(Money(cents: 1_205).displayText == "$12.05")
        #expect(Money(cents: 500, currency: "USD").displayText == "$5 USD")
    }

    @Test(arguments: UInt64(1)...20)
    func `a purchase's name is long, unguessable in shape and read back`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let id = PurchaseID(using: &generator)
        #expect(PurchaseID(id.text) == id)
        #expect(id.text.utf8.count == 30)
        // A comment that begins so would be taken over by Mikhmon's scripts (reference `routeros.md` §6).
        #expect(!id.text.hasPrefix("vc") && !id.text.hasPrefix("up"))
    }

    @Test(arguments: ["", "pur_", "pur_00000000000000000000000000'", "PUR_00000000000000000000000000"])
    func `nothing else names a purchase`(text: String) {
        #expect(PurchaseID(text) == nil)
    }

    @Test func `digests are read and written in hexadecimal`() {
        let digest = SHA256Digest(of: "abc")
        #expect(digest.hexadecimal == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(SHA256Digest(hexadecimal: digest.hexadecimal) == digest)
        #expect(SHA256Digest(hexadecimal: "zz") == nil)
    }

    @Test func `any JSON is kept as it came`() throws {
        let text = #"{"a":[1,2.5,true,null,"x"],"b":{"c":-9007199254740993}}"#
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == text)
    }
}
