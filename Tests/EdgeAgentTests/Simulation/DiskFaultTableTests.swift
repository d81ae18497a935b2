import RouterOSSimulator
import Shared
import Testing

/// Reference `reliability.md` §1.4 on the disk's side: each commit of a sale meets each thing that can go wrong with it. The
/// fault moves forward one commit at a time until a run no longer meets it.
@Suite struct DiskFaultTableTests {
    static let sales =
        Sale.all + [
            Sale(name: "the code drawn is taken", buyers: 2, repeatsCodes: true),
            Sale(name: "the price changes meanwhile", laterCents: 9_900),
        ]

    @Test(arguments: sales)
    func `every single fault at every commit keeps every invariant`(sale: Sale) async throws {
        for fault in DiskFault.allCases {
            var number = 0
            while try await sale.check(commits: [number: fault]).commits.contains(fault) { number += 1 }
            #expect(number >= 4, "\(fault)")
        }
    }

    @Test func `a fault of the disk and one of the line, together`() async throws {
        let sale = Sale.all[0]
        let calls = try await sale.check().calls
        for (number, call) in calls.enumerated() {
            for fault in CallFault.all(for: call) {
                for commit in 0..<5 { try await sale.check([number: fault], commits: [commit: .errorWritten]) }
            }
        }
    }

    /// Before the charge a sale that cannot be written down is called off; after it, only written again.
    @Test(arguments: 0..<5)
    func `a full disk lets nothing be charged that is not on it`(commit: Int) async throws {
        let script = try await Sale.all[0].check(commits: [commit: .fullForFiveMinutes])
        let charges = script.calls.count(where: \.isCharge)
        // Refused at the door, the buyer comes back; once called off, they have their answer.
        #expect(charges == ((1...2).contains(commit) ? 0 : 1))
    }

    @Test func `a code that is another ficha's is drawn again`() async throws {
        let world = try SimulatedWorld(repeatsCodes: true)
        let buyers = try [world.buyer(), world.buyer()]
        #expect(try await SimulationRun(world: world).violations(buying: buyers) == [])
        let drawn = world.codes.drawn
        try #require(drawn.count == 3)
        #expect(drawn[0] == drawn[1])
        #expect(world.router.ledger.presentUsers.map(\.name) == [drawn[0].digits, drawn[2].digits])
    }
}
