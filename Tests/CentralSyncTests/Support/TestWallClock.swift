import Shared
import Synchronization

/// Wall time and monotonic time that stand still until a test moves them, together.
final class TestWallClock: Sendable {
    static let start = Timestamp(seconds: 1_800_000_000)

    private let passed = Mutex(Duration.zero)

    var now: Timestamp { Self.start + passed.withLock { $0 } }
    var monotonic: Duration { passed.withLock { $0 } }
    var wallClock: WallClock { WallClock { self.now } }

    func advance(by duration: Duration) {
        passed.withLock { $0 += duration }
    }
}
