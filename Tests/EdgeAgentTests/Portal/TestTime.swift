import Synchronization

/// Monotonic time that a test moves.
final class TestTime: Sendable {
    private let value = Mutex(Duration.zero)

    var now: Duration { value.withLock { $0 } }

    func pass(_ duration: Duration) {
        value.withLock { $0 += duration }
    }
}
