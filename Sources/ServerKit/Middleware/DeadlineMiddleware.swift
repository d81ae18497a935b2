import Hummingbird

/// Gives every handler a bound in time: when it is over, the handler's task is cancelled and the client gets a 503.
///
/// The handler is waited for, not abandoned: it may be writing down money, and it shares the connection with us. One
/// that ignores cancellation therefore answers late, with the 503.
struct DeadlineMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    private let deadlines: Deadlines

    init(limit: Duration = .seconds(90), clock: any Clock<Duration> = ContinuousClock()) {
        deadlines = Deadlines(limit: limit, clock: clock)
    }

    @concurrent func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        try await withoutActuallyEscaping(next) { next in
            let handler = Handler(run: next)
            // Begins on this thread: a handler that never waits is over before anybody else hears of it.
            let task = Task.immediate { try await handler.run(request, context) }
            let deadline = deadlines.begin(task.cancel)
            let result = await withTaskCancellationHandler {
                await task.result
            } onCancel: {
                task.cancel()
            }
            guard deadlines.end(deadline) else { throw APIError.deadlineExceeded }
            return try result.get()
        }
    }

    /// @unchecked because the protocol's type merely does not say it: Hummingbird's chain of handlers holds Sendable
    /// values only and runs on any task. The task is awaited before the scope of the chain ends.
    private struct Handler: @unchecked Sendable {
        let run: @concurrent (Request, AppRequestContext) async throws -> Response
    }
}
