import Crypto
import HTTPTypes
public import Hummingbird
import NIOCore

/// A body that is made once and answered many times: compressed once, its `ETag` computed once, shared by all answers.
///
/// Answers `Accept-Encoding`, `If-None-Match` (304) and HEAD. The two encodings have different strong tags, as they
/// are different bytes (RFC 9110 §8.8.3.3).
public struct Precomputed: Sendable {
    private struct Representation: Sendable {
        let tag: String
        let body: ByteBuffer
        let headers: HTTPFields
        let notModifiedHeaders: HTTPFields
    }

    private let plain: Representation
    /// Nil where compression saves nothing, as with pictures.
    private let gzip: Representation?

    /// - Parameters:
    ///   - body: The bytes.
    ///   - contentType: With its charset, such as `text/html; charset=utf-8`.
    ///   - cacheControl: `no-cache` makes browsers ask each time, and be answered 304.
    public init(_ body: [UInt8], contentType: String, cacheControl: String = "no-cache") throws(Gzip.CompressionError) {
        let digest = SHA256.hash(data: body).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        var headers: HTTPFields = [.contentType: contentType, .cacheControl: cacheControl, .vary: "Accept-Encoding"]
        plain = Self.representation(body, tag: "\"\(digest)\"", headers: headers)
        let compressed = try Gzip.compress(body)
        guard compressed.count < body.count else {
            gzip = nil
            return
        }
        headers[.contentEncoding] = "gzip"
        gzip = Self.representation(compressed, tag: "\"\(digest)-gzip\"", headers: headers)
    }

    /// The answer to one request; nothing is copied but the head.
    public func response(to request: Request) -> Response {
        let chosen = gzip.flatMap { Self.acceptsGzip(request.headers[.acceptEncoding]) ? $0 : nil } ?? plain
        if let tags = request.headers[.ifNoneMatch], Self.matches(tags, chosen.tag) {
            var response = Response(status: .notModified, headers: chosen.notModifiedHeaders)
            // Hummingbird adds the length of the empty body, which is not the length of what is not sent.
            response.headers[.contentLength] = nil
            return response
        }
        let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: chosen.body)
        return Response(status: .ok, headers: chosen.headers, body: body)
    }

    private static func representation(_ body: [UInt8], tag: String, headers: HTTPFields) -> Representation {
        var notModified = headers
        notModified[.eTag] = tag
        notModified[.contentType] = nil
        notModified[.contentEncoding] = nil
        var headers = headers
        headers[.eTag] = tag
        headers[.contentLength] = String(body.count)
        return Representation(
            tag: tag,
            body: ByteBuffer(bytes: body),
            headers: headers,
            notModifiedHeaders: notModified
        )
    }

    /// True when `gzip` (or `*` without `gzip`) is named and not refused with `q=0`.
    private static func acceptsGzip(_ value: String?) -> Bool {
        guard let value else { return false }
        var wildcard = false
        for coding in value.lowercased().split(separator: ",").prefix(16) {
            let parts = coding.split(separator: ";")
            guard let name = parts.first?.filter({ $0 != " " }) else { continue }
            let isAccepted = parts.dropFirst().allSatisfy { parameter in
                let text = parameter.filter { $0 != " " }
                return !text.hasPrefix("q=") || (Double(text.dropFirst(2)) ?? 0) > 0
            }
            if name == "gzip" { return isAccepted }
            if name == "*" { wildcard = isAccepted }
        }
        return wildcard
    }

    /// Compared weakly, as RFC 9110 §13.1.2 asks: proxies may have marked the tag `W/`.
    private static func matches(_ value: String, _ tag: String) -> Bool {
        value.split(separator: ",").prefix(16).contains { candidate in
            let text = candidate.filter { $0 != " " }
            return text == tag || text == "*" || text.hasPrefix("W/") && text.dropFirst(2) == tag
        }
    }
}

extension Precomputed: ResponseGenerator {
    public func response(from request: Request, context: some RequestContext) -> Response {
        response(to: request)
    }
}
