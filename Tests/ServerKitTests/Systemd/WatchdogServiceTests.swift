import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import ServerKit

@Suite(.timeLimit(.minutes(1)))
struct WatchdogServiceTests {
    private struct Unwell: Error {}

    /// Says when its group runs: a group that is shut down before that never runs at all.
    private struct Started: Service {
        let started: AsyncStream<Void>.Continuation

        func run() async throws {
            started.finish()
            try await gracefulShutdown()
        }
    }

    /// Runs the service until `body` returns, then shuts it down gracefully.
    private func run(
        environment: [String: String],
        clock: TestClock,
        log: LogCapture = LogCapture(),
        probe: @escaping @Sendable () async throws -> Void,
        _ body: @Sendable () async throws -> Void
    ) async throws {
        let service = WatchdogService(
            notifier: SystemdNotifier(environment: environment),
            environment: environment,
            clock: clock,
            logger: log.logger,
            probe: probe
        )
        let (running, started) = AsyncStream<Void>.makeStream()
        let services: [any Service] = [service, Started(started: started)]
        let group = ServiceGroup(configuration: .init(services: services, logger: log.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in running {}
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test func itIsFedAtHalfOfItsTimeWhileTheProbeSucceeds() async throws {
        let socket = try NotifySocket(isAbstract: true)
        let clock = TestClock()
        let isWell = Mutex(true)
        let log = LogCapture()
        try await run(
            environment: ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "30000000"],
            clock: clock,
            log: log,
            probe: { if !isWell.withLock({ $0 }) { throw Unwell() } }
        ) {
            await clock.waitForSleepers()
            #expect(socket.messages() == ["WATCHDOG=1"])
            clock.advance(by: .milliseconds(14_999))
            #expect(socket.messages() == [])
            clock.advance(by: .milliseconds(1))
            await clock.waitForSleepers()
            #expect(socket.messages() == ["WATCHDOG=1"])

            isWell.withLock { $0 = false }
            for _ in 0..<2 {
                clock.advance(by: .seconds(15))
                await clock.waitForSleepers()
            }
            #expect(socket.messages() == [])

            isWell.withLock { $0 = true }
            clock.advance(by: .seconds(15))
            await clock.waitForSleepers()
            #expect(socket.messages() == ["WATCHDOG=1"])
        }
        #expect(try log.records().filter { $0["level"] == "warning" }.count == 2)
    }

    @Test(arguments: [[:], ["WATCHDOG_USEC": "0"], ["WATCHDOG_USEC": "soon"]])
    func withoutAWatchdogItWaitsForShutdown(environment: [String: String]) async throws {
        let started = Mutex(false)
        try await run(
            environment: environment,
            clock: TestClock(),
            probe: { started.withLock { $0 = true } },
            {}
        )
        #expect(!started.withLock { $0 })
    }

    @Test func aProbeThatHangsFeedsNothingAndDoesNotHoldShutdown() async throws {
        let socket = try NotifySocket(isAbstract: true)
        let clock = TestClock()
        try await run(
            environment: ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "30000000"],
            clock: clock,
            probe: { try await clock.sleep(for: .seconds(1_000_000)) }
        ) {
            await clock.waitForSleepers()
        }
        #expect(socket.messages() == [])
    }
}
