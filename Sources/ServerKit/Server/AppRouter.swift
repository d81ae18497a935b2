public import Hummingbird
public import Metrics

/// The router both programs start from. The order of its middleware is what this exists for:
/// what must see every answer is outside, what may throw is inside.
public enum AppRouter {
    /// What differs between programs.
    public struct Options: Sendable {
        /// The whole content security policy, `frame-ancestors` included.
        public var contentSecurityPolicy: String
        /// Paths that web pages of any origin may call, with `X-API-Key`, `Content-Type` and `Idempotency-Key`, and whose
        /// answers they may read, errors too. `/payments` covers all below it.
        public var crossOriginPathPrefixes: [String] = []
        /// IP addresses of the proxies whose `X-Forwarded-For` is believed.
        public var trustedProxies: Set<String> = []
        /// How long a handler may take.
        public var deadline: Duration = .seconds(90)
        /// The page for an error and its request id, for readers who prefer HTML; nil answers JSON.
        public var renderHTML: @Sendable (_ error: APIError, _ requestID: String) -> String? = { _, _ in nil }

        public init(contentSecurityPolicy: String) {
            self.contentSecurityPolicy = contentSecurityPolicy
        }
    }

    /// A router without routes. Middleware covers only routes added after it: add further middleware first.
    public static func make(
        options: Options,
        metrics: any MetricsFactory,
        clock: any Clock<Duration> = ContinuousClock()
    ) -> Router<AppRequestContext> {
        let router = Router(context: AppRequestContext.self, options: .autoGenerateHeadEndpoints)
        if !options.trustedProxies.isEmpty {
            router.add(middleware: ForwardedAddressMiddleware(trusted: options.trustedProxies))
        }
        router.add(middleware: ObservationMiddleware(metrics: metrics))
        router.add(middleware: SecurityHeadersMiddleware(contentSecurityPolicy: options.contentSecurityPolicy))
        if !options.crossOriginPathPrefixes.isEmpty {
            router.add(middleware: CORSMiddleware(pathPrefixes: options.crossOriginPathPrefixes))
        }
        router.add(middleware: ErrorMiddleware(renderHTML: options.renderHTML))
        router.add(middleware: DeadlineMiddleware(limit: options.deadline, clock: clock))
        return router
    }
}
