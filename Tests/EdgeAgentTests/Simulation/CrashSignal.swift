/// How a simulated box dies: whoever calls `happen()` never gets on, and the harness learns of it.
struct CrashSignal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Suspends until the task of the dead box is cancelled.
    func happen() async {
        continuation.yield()
        let (never, hold) = AsyncStream<Void>.makeStream()
        for await _ in never {}
        hold.finish()
    }

    /// Suspends until the box dies, or the task is cancelled.
    ///
    /// - Returns: Whether it died.
    func wait() async -> Bool {
        for await _ in stream { return true }
        return false
    }
}
