import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// A value as a JSON answer: keys in order, so that equal values are equal bytes.
struct JSONAnswer<Value: Encodable> {
    private let value: Value

    init(_ value: Value) {
        self.value = value
    }

    func response(status: HTTPResponse.Status) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(value)
        return Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
