import Synchronization

/// True so many times, then false: for faults that pass.
public final class Countdown: Sendable {
    private let remaining: Mutex<Int>

    public init(_ count: Int) {
        remaining = Mutex(count)
    }

    public func tick() -> Bool {
        remaining.withLock { remaining in
            remaining -= 1
            return remaining >= 0
        }
    }
}
