import ServerKit
import Synchronization

/// The way from the site to Conekta, as the last requests found it.
final class WayOut: Sendable {
    /// Rings when somebody else than the runner that looks brought bad news.
    let bell = Bell()
    private let state: Mutex<WayOutState>
    private let now: @Sendable () -> Duration

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        self.now = now
        state = Mutex(WayOutState(at: now()))
    }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// For how long there has been no way; nil while there is one.
    var closedFor: Duration? {
        let time = now()
        return state.withLock { $0.isOpen ? nil : time - $0.turnedAt }
    }

    /// How long until somebody should look.
    var untilNextLook: Duration {
        let time = now()
        return state.withLock { max(.zero, $0.nextLookAt - time) }
    }

    /// - Returns: Whether this turned what is said.
    @discardableResult
    func note(_ news: WayOutState.News) -> Bool {
        let time = now()
        let hasTurned = state.withLock { state in
            let before = state.isOpen
            state.note(news, at: time)
            return state.isOpen != before
        }
        if news == .unreachable { bell.ring() }
        return hasTurned
    }
}
