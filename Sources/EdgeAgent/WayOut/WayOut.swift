import ServerKit
import Synchronization

/// The way from the site to Conekta, as the last requests found it.
final class WayOut: Sendable {
    /// Rings when somebody else than the runner that looks brought bad news.
    let bell = Bell()
    private let state: Mutex<WayOutState>
    private let clock: @Sendable () -> Duration

    /// - Parameter now: Monotonic time.
    init(now: @escaping @Sendable () -> Duration = Monotonic.now) {
        clock = now
        state = Mutex(WayOutState(at: now()))
    }

    /// When a request begins that will bring news.
    var now: Duration { clock() }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// For how long there has been no way; nil while there is one.
    var closedFor: Duration? {
        let time = clock()
        return state.withLock { $0.isOpen ? nil : time - $0.turnedAt }
    }

    /// How long until somebody should look.
    var untilNextLook: Duration {
        let time = clock()
        return state.withLock { max(.zero, $0.nextLookAt - time) }
    }

    /// - Parameter askedAt: When the request began; just now unless said.
    /// - Returns: Whether this turned what is said.
    @discardableResult
    func note(_ news: WayOutState.News, askedAt: Duration? = nil) -> Bool {
        let time = clock()
        let hasTurned = state.withLock { state in
            let before = state.isOpen
            state.note(news, askedAt: askedAt, at: time)
            return state.isOpen != before
        }
        if news == .unreachable { bell.ring() }
        return hasTurned
    }
}
