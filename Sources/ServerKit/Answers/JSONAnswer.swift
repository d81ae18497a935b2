import FoundationEssentials
public import HTTPTypes
public import Hummingbird
import NIOCore

/// A value as a JSON answer: keys in order, so that equal values are equal bytes.
public struct JSONAnswer<Value: Encodable> {
    private let value: Value

    public init(_ value: Value) {
        self.value = value
    }

    /// - Parameter headers: Beside the content type, such as an entity tag.
    /// - Throws: What encoding the value throws.
    public func response(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(value)
        var fields = headers
        fields[.contentType] = "application/json; charset=utf-8"
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
