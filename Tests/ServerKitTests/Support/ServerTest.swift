import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore

@testable import ServerKit

/// A router as the programs make it, with what a test wants to look at afterwards.
struct ServerTest {
    let router: Router<AppRequestContext>
    let log = LogCapture()
    let metrics = PrometheusRegistry()

    init(
        deadlineClock: any Clock<Duration> = ContinuousClock(),
        options configure: (inout AppRouter.Options) -> Void = { _ in }
    ) {
        var options = AppRouter.Options(contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'")
        configure(&options)
        router = AppRouter.make(options: options, metrics: metrics, clock: deadlineClock)
    }

    /// One request through the router, without sockets.
    func request(
        _ uri: String,
        method: HTTPRequest.Method = .get,
        headers: HTTPFields = [:],
        body: String? = nil
    ) async throws -> TestResponse {
        let application = Application(router: router, logger: log.logger)
        return try await application.test(.router) { client in
            try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: body.map(ByteBuffer.init(string:))
            )
        }
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The `error` object of an error answer.
    func error() throws -> [String: String] {
        try JSONDecoder().decode([String: AnyDecodable].self, from: Data(body.readableBytesView))["error"]?.object
            ?? [:]
    }
}

/// The members of an object that are strings; anything else is passed over.
struct AnyDecodable: Decodable {
    let object: [String: String]?

    init(from decoder: any Decoder) throws {
        object = try? decoder.singleValueContainer().decode([String: String].self)
    }
}
