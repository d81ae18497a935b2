import HTTPTypes
import ServerKit
import Shared
import Synchronization

/// How many requests of boxes are dealt with at the same time. After a restart ten thousand boxes come back at once: some
/// wait in line, the others are told when to come back. Those that wait for news are not counted.
final class SyncLoad: Sendable {
    private typealias Entry = CheckedContinuation<Duration?, Never>

    private let turns: Mutex<SyncTurns<Entry>>
    private let now: @Sendable () -> Duration
    private let onWait: (@Sendable () -> Void)?

    /// - Parameters:
    ///   - now: Time that only moves forward.
    ///   - onWait: Told of each that has to wait in line. For tests.
    init(
        limit: Int = 128,
        lineLimit: Int = 2_000,
        now: @escaping @Sendable () -> Duration = Monotonic.now,
        onWait: (@Sendable () -> Void)? = nil
    ) {
        turns = Mutex(SyncTurns(limit: limit, lineLimit: lineLimit))
        self.now = now
        self.onWait = onWait
    }

    /// - Parameter mayBeSentAway: False for who was let in a moment ago: it waits in line, however many do.
    /// - Throws: `APIError` 503 with a pause that is another for each; what `body` throws.
    func run<Value>(mayBeSentAway: Bool = true, _ body: () async throws -> Value) async throws -> Value {
        let pause = await withCheckedContinuation { entry in
            switch turns.withLock({ $0.begin(entry, mayBeSentAway: mayBeSentAway, at: now()) }) {
            case .now: entry.resume(returning: nil)
            case .inLine: onWait?()
            case .later(let pause): entry.resume(returning: pause)
            }
        }
        if let pause {
            var error = APIError(.serviceUnavailable, code: "busy", message: "Intenta otra vez en un momento.")
            error.retryAfterSeconds = Int(pause.components.seconds)
            throw error
        }
        defer { turns.withLock { $0.end(at: now()) }?.resume(returning: nil) }
        return try await body()
    }
}
