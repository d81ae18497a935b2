import ConektaSimulator
import Logging
import Purchasing
import ServiceLifecycle
import Shared
import Synchronization
import Testing

@testable import EdgeAgent

/// The service itself: many requests at once, and the moments in which it begins and ends.
@Suite(.timeLimit(.minutes(2))) struct PurchaseRunnerTests {
    private let world: SimulatedWorld

    init() throws {
        world = try SimulatedWorld()
    }

    @Test func `many taps at once are one purchase and one charge`() async throws {
        let buyer = try world.buyer(key: "compra-1")
        let box = try await SimulatedBox(world, clock: ContinuousClock())
        let ids = try await whileRunning(box) { runner in
            try await withThrowingTaskGroup(of: PurchaseID.self) { group in
                for _ in 0..<100 { group.addTask { try await runner.start(buyer.intent) } }
                return try await group.reduce(into: Set<PurchaseID>()) { $0.insert($1) }
            }
        }
        let id = try #require(ids.first)
        #expect(ids.count == 1)
        #expect(world.conekta.snapshot.requests.chargePostsByReference == [id.text: 1])
        #expect(try await violations([buyer], box) == [])
    }

    @Test func `many buyers at once are each one purchase and one charge`() async throws {
        let buyers = try (0..<20).map { try world.buyer(key: "compra-\($0)") }
        let box = try await SimulatedBox(world, clock: ContinuousClock())
        let ids = try await whileRunning(box) { runner in
            try await withThrowingTaskGroup(of: PurchaseID.self) { group in
                for buyer in buyers {
                    for _ in 0..<3 { group.addTask { try await runner.start(buyer.intent) } }
                }
                return try await group.reduce(into: Set<PurchaseID>()) { $0.insert($1) }
            }
        }
        #expect(ids.count == 20)
        #expect(world.conekta.snapshot.capturedCents == 20 * 1_500)
        #expect(try await violations(buyers, box) == [])
    }

    @Test func `what begins while the last life's purchases are read has one driver`() async throws {
        let buyers = try (0..<10).map { try world.buyer(key: "compra-\($0)") }
        let box = try await SimulatedBox(world, clock: ContinuousClock())
        // On the disk before the service looks there, as when the API is quicker at start than the disk.
        var ids: [PurchaseID] = []
        for buyer in buyers { ids.append(try await box.runner.start(buyer.intent)) }
        try await whileRunning(box) { _ in }
        for id in ids { #expect(try await box.store.purchase(id)?.state == .delivered) }
        #expect(try await violations(buyers, box) == [])
    }

    @Test func `a purchase of the last life and a tap for it at the same moment are one`() async throws {
        let buyer = try world.buyer(key: "compra-1")
        let first = try await SimulatedBox(world)
        let known = try await first.runner.admit(buyer.intent).id
        try first.end()
        let box = try await SimulatedBox(world, clock: ContinuousClock())
        let again = try await whileRunning(box) { try await $0.start(buyer.intent) }
        #expect(again == known)
        // The token went with the process; the buyer is told so and nothing was charged.
        #expect(try await box.store.purchase(known)?.state == .abandoned)
        #expect(try await violations([buyer], box) == [])
    }

    @Test func `nothing begins once the box is stopping`() async throws {
        let box = try await SimulatedBox(world, clock: ContinuousClock())
        try await whileRunning(box) { _ in }
        let intent = try world.buyer().intent
        await #expect(throws: PurchaseError.boxIsStopping) { try await box.runner.start(intent) }
        #expect(try await box.store.openPurchases().readable.isEmpty)
        #expect(world.conekta.snapshot.orders.isEmpty)
        try box.end()
    }

    @Test func `what came in the moment of stopping is given up and leaves nothing open`() async throws {
        let stopping = Mutex<PurchaseRunner?>(nil)
        // The box begins to stop while the purchase is being written down.
        let script = FaultScript { _, _ in
            nil
        } choosingCommit: { _ in
            stopping.withLock { $0?.stop() }
            return nil
        }
        let world = try SimulatedWorld(script: script)
        let box = try await SimulatedBox(world, clock: ContinuousClock())
        stopping.withLock { $0 = box.runner }
        let buyer = try world.buyer()
        await #expect(throws: PurchaseError.boxIsStopping) { try await box.runner.start(buyer.intent) }
        #expect(try await box.store.openPurchases().readable.isEmpty)
        #expect(world.conekta.snapshot.orders.isEmpty)
        #expect(try await MoneyOracle(world: world, buyers: [buyer]).violations(in: box) == [])
        try box.end()
    }

    @Test func `a service that could not begin takes nothing`() async throws {
        let box = try await SimulatedBox(world, clock: ContinuousClock())
        try box.end()
        await #expect(throws: (any Error).self) { try await box.runner.run() }
        let intent = try world.buyer().intent
        await #expect(throws: PurchaseError.boxIsStopping) { try await box.runner.start(intent) }
    }

    /// Runs the service as the program does, until `body` is over and every purchase under way has come to rest.
    @discardableResult
    private func whileRunning<Result: Sendable>(
        _ box: SimulatedBox,
        _ body: (PurchaseRunner) async throws -> Result
    ) async throws -> Result {
        let herald = Herald()
        let group = ServiceGroup(services: [box.runner, herald], logger: world.log.logger)
        let running = Task { try await group.run() }
        // A group told to end before it has begun never begins.
        for await _ in herald.beginnings { break }
        let result = try await body(box.runner)
        // The runner ends when what it drives is at rest; nothing here waits for a time.
        await group.triggerGracefulShutdown()
        try await running.value
        return result
    }

    private func violations(_ buyers: [Buyer], _ box: SimulatedBox) async throws -> [String] {
        world.letLateEffectsHappen()
        let violations = try await MoneyOracle(world: world, buyers: buyers).violations(in: box)
        try box.end()
        return violations
    }
}

/// Says that its group runs.
private struct Herald: Service {
    let beginnings: AsyncStream<Void>
    private let beginning: AsyncStream<Void>.Continuation

    init() {
        (beginnings, beginning) = AsyncStream.makeStream()
    }

    func run() async throws {
        beginning.yield()
        try await gracefulShutdown()
    }
}
