import Hummingbird

/// Gives every handler a bound in time: when it is over, the handler's task is cancelled and the client gets a 503.
///
/// The handler is waited for, not abandoned: it may be writing down money, and it shares the connection with us. One
/// that ignores cancellation therefore answers late, with the 503.
struct DeadlineMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    private let limit: Duration
    private let clock: any Clock<Duration>

    init(limit: Duration = .seconds(90), clock: any Clock<Duration> = ContinuousClock()) {
        self.limit = limit
        self.clock = clock
    }

    @concurrent func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        try await withoutActuallyEscaping(next) { next in
            let handler = Handler(run: next)
            return try await withThrowingTaskGroup(of: Response?.self) { group in
                group.addTask { try await handler.run(request, context) }
                group.addTask { [clock, limit] in
                    try await clock.sleep(for: limit)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let response = first else { throw APIError.deadlineExceeded }
                return response
            }
        }
    }

    /// @unchecked because the protocol's type merely does not say it: Hummingbird's chain of handlers holds Sendable
    /// values only and runs on any task. The group ends before the scope of the chain does.
    private struct Handler: @unchecked Sendable {
        let run: @concurrent (Request, AppRequestContext) async throws -> Response
    }
}
