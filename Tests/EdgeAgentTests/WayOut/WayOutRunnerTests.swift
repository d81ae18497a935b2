import Logging
import Outbound
import Synchronization
import TestSupport
import Testing

@testable import EdgeAgent

@Suite(.timeLimit(.minutes(1))) struct WayOutRunnerTests {
    /// The world outside, which answers as it is told.
    private final class Outside: OutboundTransport {
        let looks = Tally()
        private let outcome: Mutex<OutboundOutcome>

        init(_ outcome: OutboundOutcome) {
            self.outcome = Mutex(outcome)
        }

        func becomes(_ next: OutboundOutcome) { outcome.withLock { $0 = next } }

        func send(_ request: OutboundRequest) async -> OutboundOutcome {
            looks.increment()
            return outcome.withLock { $0 }
        }
    }

    private static let unauthorized = OutboundOutcome.answered(OutboundResponse(status: 401, body: []))
    private static let away = OutboundOutcome.notSent(.cancelled)
    private static let gateway = OutboundOutcome.answered(OutboundResponse(status: 502, body: []))

    @Test(arguments: [away, gateway]) func `nobody pays, the way goes away and comes back, and it is known`(
        trouble: OutboundOutcome
    ) async throws {
        let (clock, outside) = (TestClock(), Outside(Self.unauthorized))
        let wayOut = WayOut(now: { clock.now.offset })
        let runner = WayOutRunner(
            wayOut: wayOut,
            conektaURL: "https://api.conekta.io",
            outbound: outside,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let running = Task { try await runner.run() }
        await outside.looks.reaches(1)
        await clock.waitForSleepers()
        #expect(wayOut.isOpen)
        outside.becomes(trouble)
        clock.advance(by: .seconds(60))
        await outside.looks.reaches(2)
        await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        await outside.looks.reaches(3)
        await clock.waitForSleepers()
        #expect(!wayOut.isOpen)
        clock.advance(by: .seconds(4))
        #expect(wayOut.closedFor == .seconds(4))
        outside.becomes(Self.unauthorized)
        clock.advance(by: .seconds(1))
        await outside.looks.reaches(4)
        await clock.waitForSleepers()
        #expect(!wayOut.isOpen)
        clock.advance(by: .seconds(5))
        await outside.looks.reaches(5)
        await clock.waitForSleepers()
        #expect(wayOut.isOpen)
        running.cancel()
        try await running.value
    }

    @Test func `a buyer's request that found no way has somebody look at once`() async throws {
        let (clock, outside) = (TestClock(), Outside(Self.unauthorized))
        let wayOut = WayOut(now: { clock.now.offset })
        let runner = WayOutRunner(
            wayOut: wayOut,
            conektaURL: "https://api.conekta.io",
            outbound: outside,
            clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let running = Task { try await runner.run() }
        await outside.looks.reaches(1)
        await clock.waitForSleepers()
        outside.becomes(Self.away)
        wayOut.note(.unreachable)
        // A second, where it would have been a minute.
        await clock.waitForSleepers()
        clock.advance(by: .seconds(1))
        await outside.looks.reaches(2)
        await clock.waitForSleepers()
        #expect(!wayOut.isOpen)
        running.cancel()
        try await running.value
    }
}
