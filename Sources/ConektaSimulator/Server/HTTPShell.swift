import FoundationEssentials
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Carries calls between Hummingbird and the pure parts: latency and transport faults are done here, nothing is decided.
struct HTTPShell: Sendable {
    let clock: any Clock<Duration>
    let answer: @Sendable (ConektaRequest) -> ConektaReply
    /// Told how long each whole answer took.
    var onAnswer: @Sendable (Duration) -> Void = { _ in }

    /// How long a connection that never gets an answer is kept: longer than any client waits.
    static let longestSilence: Duration = .seconds(600)
    /// What a request body may have, in bytes.
    private static let largestBody = 1_048_576

    func respond(to request: Request, context: SimulatorRequestContext) async throws -> Response {
        let start = ContinuousClock.now
        guard let call = try await read(request) else { return Response(status: .contentTooLarge) }
        let reply = answer(call)
        if reply.latency > .zero { await wait(reply.latency) }
        switch reply.delivery {
        case .answer(let response):
            defer { onAnswer(ContinuousClock.now - start) }
            return Self.response(response)
        case .cut(let response, let bodyBytes):
            return Self.cut(response, after: bodyBytes, channel: context.channel)
        case .silence:
            await wait(Self.longestSilence)
            fallthrough
        case .closed:
            try await context.channel.close()
            return Response(status: .internalServerError)
        }
    }

    /// Nil when the body is too large.
    private func read(_ request: Request) async throws -> ConektaRequest? {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        headers["host"] = request.head.authority
        do {
            let body = try await request.body.collect(upTo: Self.largestBody)
            return ConektaRequest(
                method: request.method.rawValue,
                target: request.uri.string,
                headers: headers,
                body: Data(body.readableBytesView)
            )
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    /// Ends early when the simulator shuts down.
    private func wait(_ duration: Duration) async {
        try? await cancelWhenGracefulShutdown { try await clock.sleep(for: duration) }
    }

    private static func response(_ response: ConektaResponse) -> Response {
        Response(
            status: .init(code: response.status),
            headers: fields(of: response),
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body))
        )
    }

    /// Promises the whole length, sends a part of it and closes.
    private static func cut(_ response: ConektaResponse, after bytes: Int, channel: any Channel) -> Response {
        let part = ByteBuffer(bytes: response.body.prefix(bytes))
        let body = ResponseBody(contentLength: response.body.count) { writer in
            try await writer.write(part)
            try await channel.close()
        }
        return Response(status: .init(code: response.status), headers: fields(of: response), body: body)
    }

    private static func fields(of response: ConektaResponse) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in response.headers {
            guard let name = HTTPFields.Element.Name(name) else { continue }
            fields[name] = value
        }
        return fields
    }
}
