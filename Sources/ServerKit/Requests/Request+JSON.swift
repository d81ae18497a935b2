import FoundationEssentials
public import Hummingbird
import NIOCore

extension Request {
    /// Reads a JSON body within limits of size and nesting.
    ///
    /// Throws `APIError`: 415 when it is not announced as JSON, 413 when it is too large, 400 when it is not JSON, 422
    /// with the path of the first field that is missing or wrong.
    public func decodeJSON<Value: Decodable>(
        _ type: Value.Type = Value.self,
        maximumBytes: Int = RequestBodyLimit.bytes,
        plainly read: (UnsafeRawBufferPointer) -> Value? = { _ in nil }
    ) async throws -> Value {
        try requireContentType("application/json")
        let bytes = try await collectedBody(maximumBytes: maximumBytes)
        if let value = bytes.withUnsafeReadableBytes(read) { return value }
        guard JSONNesting.isWithin(16, bytes.readableBytesView) else { throw APIError.invalidJSON }
        let data = Data(bytes.readableBytesView)
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch let error as DecodingError {
            guard (try? JSONDecoder().decode(AnyJSON.self, from: data)) != nil else { throw APIError.invalidJSON }
            // Foundation names no field when a number does not fit its type, and calls the text not JSON.
            throw APIError(describing: error)
        }
    }
}
