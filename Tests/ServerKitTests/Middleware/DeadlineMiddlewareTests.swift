import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import TestSupport
import Testing

@testable import ServerKit

struct DeadlineMiddlewareTests {
    /// Lets time pass once both the handler and the deadline wait for it.
    private func pass(_ time: Duration, on clock: TestClock) async {
        await clock.waitForSleepers(2)
        clock.advance(by: time)
    }

    @Test func aHandlerThatTakesTooLongIsCancelledAndAnsweredFor() async throws {
        let clock = TestClock()
        let test = ServerTest(deadlineClock: clock)
        let cancelled = Mutex(false)
        test.router.get("slow") { _, _ in
            do {
                try await clock.sleep(for: .seconds(3_600))
            } catch {
                cancelled.withLock { $0 = true }
                throw error
            }
            return "late"
        }
        async let passed: Void = pass(.seconds(90), on: clock)
        let response = try await test.request("/slow")
        await passed
        #expect(response.status == .serviceUnavailable)
        #expect(try response.error()["code"] == "deadline_exceeded")
        #expect(cancelled.withLock { $0 })
        #expect(try test.log.records().filter { $0["level"] == "error" }.count == 1)
    }

    @Test func aHandlerInTimeIsNotTouched() async throws {
        let clock = TestClock()
        let test = ServerTest(deadlineClock: clock)
        test.router.get("quick") { _, _ in
            try await clock.sleep(for: .seconds(80))
            return "\(Task.isCancelled)"
        }
        async let passed: Void = pass(.seconds(89), on: clock)
        let response = try await test.request("/quick")
        await passed
        #expect(response.text == "false")
    }

    @Test func anErrorOfTheHandlerIsItsOwn() async throws {
        let test = ServerTest(deadlineClock: TestClock())
        test.router.get("refuses") { _, _ -> Response in throw HTTPError(.conflict) }
        #expect(try await test.request("/refuses").status == .conflict)
    }
}
