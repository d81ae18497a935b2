import HTTPTypes
import ServerKit
import Shared
import Synchronization

/// How many requests of boxes are dealt with at the same time: after a restart ten thousand boxes come back at once, and
/// each that waited its turn here would hold memory meanwhile. The others are told when to come back. Those that wait for
/// news are not counted.
final class SyncLoad: Sendable {
    private let turns: Mutex<SyncTurns>
    private let now: @Sendable () -> Duration

    /// - Parameter now: Time that only moves forward.
    init(limit: Int = 128, now: @escaping @Sendable () -> Duration = Monotonic.now) {
        turns = Mutex(SyncTurns(limit: limit))
        self.now = now
    }

    /// - Throws: `APIError` 503 with a pause that is another for each; what `body` throws.
    func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        if let pause = turns.withLock({ $0.begin(at: now()) }) {
            var error = APIError(.serviceUnavailable, code: "busy", message: "Intenta otra vez en un momento.")
            error.retryAfterSeconds = Int(pause.components.seconds)
            throw error
        }
        defer { turns.withLock { $0.end(at: now()) } }
        return try await body()
    }
}
