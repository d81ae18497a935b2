/// A whole answer. Describing it tells its status and sizes only: headers and bodies hold personal data.
public struct OutboundResponse: Hashable, Sendable {
    /// The HTTP status, 200 or above.
    public let status: Int
    /// By lower-case name; of repeated headers the last.
    public let headers: [String: String]
    public let body: [UInt8]

    public init(status: Int, headers: [String: String] = [:], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension OutboundResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(status) with \(body.count) bytes" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
