import FoundationEssentials
public import HTTPTypes
public import Hummingbird
import Logging

/// An error a client is told about, in the one shape every answer of ours has:
/// `{"error":{"code","message","request_id"}}`, with further top-level members where a client needs them.
public struct APIError: HTTPResponseError {
    public let status: HTTPResponse.Status
    /// What programs branch on: snake_case, never changed once published.
    public let code: String
    /// What a person reads, in Spanish. It never repeats what the client sent.
    public let message: String
    /// Members beside `error`, such as the purchase a declined payment belongs to. One named `error` is ignored.
    public var extra: [String: any Encodable & Sendable] = [:]
    /// Header fields beside those every error has, such as `WWW-Authenticate`.
    public var headerFields: HTTPFields = [:]
    /// Whole seconds until it makes sense to try again; sent as `Retry-After`.
    public var retryAfterSeconds: Int?

    public init(_ status: HTTPResponse.Status, code: String, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// The JSON answer. Throws what encoding a member of `extra` throws.
    public func response(requestID: String) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = ByteBuffer(bytes: try encoder.encode(ErrorBody(error: self, requestID: requestID)))
        return Response(
            status: status,
            headers: headers(contentType: "application/json; charset=utf-8"),
            body: ResponseBody(byteBuffer: body)
        )
    }

    public func response(from request: Request, context: some RequestContext) throws -> Response {
        try response(requestID: context.logger[metadataKey: RequestID.metadataKey]?.description ?? "")
    }

    func headers(contentType: String) -> HTTPFields {
        var headers = headerFields
        headers[.contentType] = contentType
        if let retryAfterSeconds {
            headers[.retryAfter] = String(retryAfterSeconds)
        }
        return headers
    }
}
