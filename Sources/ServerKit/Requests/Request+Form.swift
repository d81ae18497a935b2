public import Hummingbird
import NIOCore

extension Request {
    /// Reads an `application/x-www-form-urlencoded` body into a flat structure. A name may come only once, an empty
    /// field is nil where it is optional.
    ///
    /// Not Hummingbird's decoder, which names no field in its errors and builds nested objects without a limit.
    ///
    /// Throws `APIError`: 415 when it is not announced as a form, 413 when it is too large, 400 when it is malformed or
    /// names repeat, 422 with the name of the first field that is missing or wrong.
    public func decodeForm<Value: Decodable>(
        _ type: Value.Type = Value.self,
        maximumBytes: Int = RequestBodyLimit.bytes
    ) async throws -> Value {
        try requireContentType("application/x-www-form-urlencoded")
        let bytes = try await collectedBody(maximumBytes: maximumBytes)
        do {
            return try Value(from: FormDecoder(fields: try FormFields(bytes.readableBytesView)))
        } catch is FormFields.ParseError {
            throw APIError.invalidForm
        } catch let error as DecodingError {
            throw APIError(describing: error)
        }
    }
}
