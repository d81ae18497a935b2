import ServerKit
import Shared
import Synchronization

/// When the centre was last heard, and why not since: for health, and for those who wait for it to be back.
final class CentreContact: Sendable {
    private struct State {
        var lastAnswer: Duration?
        var failure: CentreFailure?
        var unsynced: Int64 = 0
        var known: SyncPoint?
        var lag: SyncPoint?
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration
    private let start: Duration

    init(uptime: @escaping @Sendable () -> Duration = Monotonic.now) {
        self.uptime = uptime
        start = uptime()
    }

    /// - Returns: Whether it had failed to answer before.
    @discardableResult
    func noteAnswer() -> Bool {
        let now = uptime()
        return state.withLock { state in
            defer {
                state.lastAnswer = now
                state.failure = nil
            }
            return state.failure != nil
        }
    }

    /// - Returns: Whether this is the first of a row.
    @discardableResult
    func noteFailure(_ failure: CentreFailure) -> Bool {
        state.withLock { state in
            defer { state.failure = failure }
            return state.failure == nil
        }
    }

    /// How many events the centre does not have yet.
    func noteUnsynced(_ count: Int64) {
        state.withLock { $0.unsynced = count }
    }

    /// How far the box believes its events to be at the centre.
    var known: SyncPoint? { state.withLock { $0.known } }

    func noteKnown(_ point: SyncPoint) {
        state.withLock { $0.known = point }
    }

    /// The centre says that it has less than that.
    func noteLag(_ point: SyncPoint) {
        state.withLock { $0.lag = point }
    }

    /// What ``noteLag(_:)`` said last, once.
    func takeLag() -> SyncPoint? {
        state.withLock { state in
            defer { state.lag = nil }
            return state.lag
        }
    }

    var unsynced: Int64 { state.withLock { $0.unsynced } }

    /// How long nothing was heard, and why; nil while the last answer came.
    var silence: (duration: Duration, failure: CentreFailure)? {
        state.withLock { state in
            state.failure.map { (uptime() - (state.lastAnswer ?? start), $0) }
        }
    }
}
