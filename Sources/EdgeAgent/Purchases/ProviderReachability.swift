import ServerKit
import Synchronization

/// What the last requests say about the way to Conekta.
///
/// After a request that could not even be sent, cards are off for a moment; the next buyer after that is the one who
/// finds out. (A watch of its own belongs to the truth about the WAN.)
final class ProviderReachability: Sendable {
    private static let pause = Duration.seconds(15)

    private let now: @Sendable () -> Duration
    private let lastFailure = Mutex<Duration?>(nil)

    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        self.now = now
    }

    var isReachable: Bool {
        let time = now()
        return lastFailure.withLock { $0.map { time - $0 >= Self.pause } ?? true }
    }

    func noteAnswer() {
        lastFailure.withLock { $0 = nil }
    }

    func noteUnreachable() {
        let time = now()
        lastFailure.withLock { $0 = time }
    }
}
