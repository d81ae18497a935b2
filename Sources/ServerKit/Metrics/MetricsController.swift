import HTTPTypes
public import Hummingbird

/// `GET /metrics`. Who may read it is decided by the middleware of the group it is added to.
public struct MetricsController: Sendable {
    private let registry: PrometheusRegistry

    public init(registry: PrometheusRegistry) {
        self.registry = registry
    }

    public func addRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.get("metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: PrometheusText.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: registry.text()))
            )
        }
    }
}
