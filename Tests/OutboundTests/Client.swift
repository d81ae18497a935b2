import Logging
import Outbound
import Shared

/// A client with limits as in the field. Its thread ends when the test lets go of it.
func testClient(concurrentRequests: Int = 256) throws -> OutboundClient {
    try OutboundClient(limits: .init(concurrentRequests: concurrentRequests), logger: Logger(label: "test"))
}

extension OutboundRequest {
    /// A POST with a small limit on the answer, and more time than any test needs.
    static func post(_ url: String, body: String) -> OutboundRequest {
        OutboundRequest(
            .post,
            url,
            body: Secret(Array(body.utf8)),
            timeouts: .ample,
            maximumResponseBytes: 1_000
        )
    }

    /// A GET with a small limit on the answer, and more time than any test needs.
    static func get(_ url: String) -> OutboundRequest {
        OutboundRequest(.get, url, timeouts: .ample, maximumResponseBytes: 1_000)
    }
}

extension OutboundRequest.Timeouts {
    /// More than a slow machine takes for anything; who waits for a timeout sets a short one.
    static let ample = Self(connect: .seconds(120), total: .seconds(120))
}

extension OutboundOutcome {
    /// The answer, if there is one.
    var response: OutboundResponse? {
        guard case .answered(let response) = self else { return nil }
        return response
    }
}
