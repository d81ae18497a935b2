import Testing

/// A kind of sale, by what leads it where it goes, for the tables of faults.
struct Sale: Sendable, CustomTestStringConvertible {
    let name: String
    var card = "4242424242424242"
    /// Faults that are always there, by the number of the call.
    var base: [Int: CallFault] = [:]
    var buyers = 1
    /// The code the box draws for the second buyer is the first one's.
    var repeatsCodes = false
    /// What the ficha costs after the first restart.
    var laterCents: Int64?

    var testDescription: String { name }

    static let all = [
        Sale(name: "paid and delivered"),
        Sale(name: "declined", card: "4000000000000002"),
        Sale(name: "paid and refunded", base: [4: .unknownProfile]),
        Sale(name: "paid, router dead, refunded", base: [4: .awayForTenMinutes]),
        Sale(name: "paid, made late, refunded", base: [4: .lateByTwentyMinutes, 5: .awayForTenMinutes]),
        Sale(name: "in doubt, then paid", base: [1: .lostAfter]),
        Sale(name: "in doubt, then not charged", base: [1: .lostBefore]),
    ]

    /// Runs the sale with more faults, and finds no invariant broken.
    ///
    /// - Returns: What was called and committed.
    @discardableResult
    func check(
        _ calls: [Int: CallFault] = [:],
        commits: [Int: DiskFault] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> FaultScript {
        let script = FaultScript(base.merging(calls) { $1 }, commits: commits)
        let world = try SimulatedWorld(script: script, repeatsCodes: repeatsCodes)
        let buyers = try (0..<buyers).map { _ in try world.buyer(card: card, laterCents: laterCents) }
        let violations = try await SimulationRun(world: world).violations(buying: buyers)
        #expect(violations == [], "\(name), calls \(calls), commits \(commits)", sourceLocation: sourceLocation)
        return script
    }
}
