import HTTPTypes
import Hummingbird
import NIOCore

/// How much of a request body is read.
public enum RequestBodyLimit {
    /// 16 KiB: several times the largest body a route of ours expects.
    public static let bytes = 16 * 1_024
}

extension Request {
    /// The whole body. Throws `APIError` 413 when it exceeds the limit, without reading on when its length is announced,
    /// and 400 when the connection ended before the announced length.
    func collectedBody(maximumBytes: Int) async throws -> ByteBuffer {
        let announced = headers[.contentLength].flatMap(Int.init)
        if let announced, announced > maximumBytes { throw APIError.bodyTooLarge }
        let collected: ByteBuffer
        do {
            collected = try await body.collect(upTo: maximumBytes)
        } catch is NIOTooManyBytesError {
            throw APIError.bodyTooLarge
        }
        // Hummingbird takes the end of the connection for the end of the body; half a form would still be a form.
        if let announced, announced != collected.readableBytes { throw HTTPError(.badRequest) }
        return collected
    }

    /// Throws `APIError` 415 unless the body is announced as `type`, with or without parameters.
    func requireContentType(_ type: String) throws {
        let announced = headers[.contentType]?.split(separator: ";", maxSplits: 1).first
        guard announced?.lowercased().filter({ $0 != " " }) == type else { throw APIError.unsupportedMediaType }
    }
}
