import HTTPTypes
import Hummingbird
import Logging
import Metrics
import Shared

/// Sees every request and its answer: one log line at `info`, two metrics, the request id in the answer.
///
/// Outermost of all, around `ErrorMiddleware`, so that what it sees is what the client gets. Only the template of the
/// route is recorded: a raw path, a query or a header may hold secrets, and would give the metrics no bound.
struct ObservationMiddleware: RouterMiddleware {
    typealias Context = AppRequestContext

    private let metrics: RequestMetrics
    private let now: @Sendable () -> Duration

    /// - Parameters:
    ///   - metrics: Where `http_requests_total` and `http_request_duration_seconds` are made.
    ///   - now: Monotonic time.
    init(metrics: any MetricsFactory, now: @escaping @Sendable () -> Duration = Monotonic.now) {
        self.metrics = RequestMetrics(factory: metrics)
        self.now = now
    }

    func handle(
        _ request: Request,
        context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = now()
        var response = try await withLogger(context.logger) { _ in try await next(request, context) }
        let duration = now() - start
        response.headers[.requestID] = context.id

        let key = RequestMetrics.Key(
            method: Self.name(of: request.method),
            route: Self.route(of: context),
            status: response.status.code
        )
        metrics.record(key, duration: duration)
        context.logger.info(
            "Request",
            metadata: [
                "method": "\(key.method)", "route": "\(key.route)", "status": "\(key.status)",
                "duration_ms": "\(duration.wholeMilliseconds)",
                "bytes": "\(response.body.contentLength.map(String.init) ?? "-")",
            ]
        )
        return response
    }

    /// The methods we know; a client may send any word, and must not make a metric with it.
    private static func name(of method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .post, .put, .patch, .delete, .options: method.rawValue
        default: "other"
        }
    }

    private static func route(of context: AppRequestContext) -> String {
        // Hummingbird's word for a path that matched no route.
        guard let path = context.endpointPath, path != "NotFound" else { return "not_found" }
        return path
    }
}
