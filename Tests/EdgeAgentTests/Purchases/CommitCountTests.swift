import Store
import Testing

/// What a sale costs the box's disk.
@Suite struct CommitCountTests {
    @Test func `a sale by card is made durable five times and not once more`() async throws {
        let world = try SimulatedWorld()
        let box = try await SimulatedBox(world)
        let before = box.database.groupCommitCount
        #expect(await box.buy(try world.buyer().intent) == .rest)
        #expect(box.database.groupCommitCount - before == 5)
        try box.end()
    }
}
