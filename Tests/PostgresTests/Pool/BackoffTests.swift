import Testing

@testable import Postgres

@Suite struct BackoffTests {
    @Test(arguments: [
        (1, Duration.milliseconds(100)), (2, .milliseconds(200)), (3, .milliseconds(400)), (5, .milliseconds(1_000)),
        (1_000_000, .milliseconds(1_000)),
    ])
    func `pauses double up to the greatest`(failures: Int, pause: Duration) {
        let longest = Backoff(initial: .milliseconds(100), maximum: .seconds(1)) { 1 }
        let shortest = Backoff(initial: .milliseconds(100), maximum: .seconds(1)) { 0 }
        #expect(longest.pause(afterFailures: failures) == pause)
        #expect(shortest.pause(afterFailures: failures) == pause / 2)
    }
}
