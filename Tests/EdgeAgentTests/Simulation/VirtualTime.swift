import RouterOSSimulator
import Shared
import Synchronization

/// The time of a simulated world: it passes only when somebody waits, and then at once.
///
/// One purchase runs at a time, so a sleep may move the time for everybody, and a day of watching costs nothing.
final class VirtualTime: Clock, Sendable {
    struct Instant: InstantProtocol {
        var time: Timestamp

        func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
        func duration(to other: Instant) -> Duration { other.time - time }
        static func < (left: Instant, right: Instant) -> Bool { left.time < right.time }
    }

    /// A purchase that is not over by then never will be; its run ends, and the oracle finds it open.
    private let end: Timestamp
    private let current: Mutex<Timestamp>
    private let router: RouterOSSimulator

    init(start: Timestamp, router: RouterOSSimulator) {
        end = start + .seconds(10 * 86_400)
        current = Mutex(start)
        self.router = router
    }

    var now: Instant { Instant(time: current.withLock { $0 }) }
    var minimumResolution: Duration { .milliseconds(1) }

    /// For the parts that only read the time.
    var wallClock: WallClock { WallClock { self.now.time } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        guard deadline.time < end else { throw CancellationError() }
        pass(now.duration(to: deadline))
    }

    /// Lets time pass, for the router too.
    func pass(_ duration: Duration) {
        guard duration > .zero else { return }
        current.withLock { $0 = $0 + duration }
        router.advance(by: duration)
    }
}
