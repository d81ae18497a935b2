/// A request as a `RawServer` read it from the wire.
public struct RawRequest: Sendable {
    /// The number of its connection, counted from 0.
    public let connection: Int
    public let method: String
    public let path: String
    /// By lower-case name.
    public let headers: [String: String]
    /// What followed the head; empty when the server does not read bodies.
    public let body: String
}
