import HTTPTypes
import ServerKit
import Synchronization

/// How many requests of boxes are dealt with at the same time. Whoever comes beyond that is sent away for some seconds: after
/// a restart ten thousand boxes come back at once, and each that waits its turn here would hold memory meanwhile. Those that
/// wait for news are not counted.
final class SyncLoad: Sendable {
    private let limit: Int
    private let running = Atomic<Int>(0)

    init(limit: Int = 256) {
        self.limit = limit
    }

    /// - Throws: `APIError` 503 with a pause that is another for each; what `body` throws.
    func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        defer { running.subtract(1, ordering: .relaxed) }
        guard running.add(1, ordering: .relaxed).newValue <= limit else {
            var error = APIError(.serviceUnavailable, code: "busy", message: "Intenta otra vez en un momento.")
            error.retryAfterSeconds = PollQuestion.pauseSeconds
            throw error
        }
        return try await body()
    }
}
