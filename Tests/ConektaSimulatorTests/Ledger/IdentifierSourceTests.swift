import Testing

@testable import ConektaSimulator

struct IdentifierSourceTests {
    @Test(arguments: [UInt64(0), 1, 42, .max])
    func `identifiers have Conekta's shapes and never come twice`(seed: UInt64) throws {
        var source = IdentifierSource(seed: seed)
        var seen: Set<String> = []
        for _ in 0..<1_000 {
            let order = source.prefixed("ord_")
            let charge = source.hexadecimal()
            #expect(order.wholeMatch(of: /ord_[1-9A-HJ-NP-Za-km-z]{17}/) != nil, "seed \(seed): \(order)")
            #expect(charge.wholeMatch(of: /[0-9a-f]{24}/) != nil, "seed \(seed): \(charge)")
            #expect(seen.insert(order).inserted && seen.insert(charge).inserted, "seed \(seed)")
        }
        #expect(source.uuid().wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
        #expect(source.authorizationCode().wholeMatch(of: /[0-9]{6}/) != nil)
    }

    @Test func `the same seed gives the same identifiers`() {
        var (one, two, three) = (IdentifierSource(seed: 7), IdentifierSource(seed: 7), IdentifierSource(seed: 8))
        let first = one.prefixed("tok_")
        #expect(first == two.prefixed("tok_"))
        #expect(first != three.prefixed("tok_"))
    }
}
