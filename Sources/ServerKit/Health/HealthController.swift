import FoundationEssentials
import HTTPTypes
public import Hummingbird

/// `GET /healthz`: 200 while nothing critical fails, 503 otherwise, with all conditions in the body.
public struct HealthController: Sendable {
    private struct Body: Encodable {
        let status: String
        let conditions: [HealthReport]
    }

    private let registry: HealthRegistry

    public init(registry: HealthRegistry) {
        self.registry = registry
    }

    public func addRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.get("healthz") { _, _ in try response() }
    }

    private func response() throws -> Response {
        let conditions = registry.all()
        // From the same conditions as the body, so that the two never contradict each other.
        let isHealthy = conditions.allSatisfy { $0.ok || $0.severity != .critical }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(Body(status: isHealthy ? "ok" : "failing", conditions: conditions))
        return Response(
            status: isHealthy ? .ok : .serviceUnavailable,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
