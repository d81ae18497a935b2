public import Shared

/// Where a router is and who we are on it.
public struct RouterOSConfiguration: Sendable {
    /// How the connection is protected.
    public enum TLS: Hashable, Sendable {
        /// Plain API, port 8728. RouterOS 6 and 7 both have it; restrict it to the box's address on the router.
        case none
        /// `api-ssl`, port 8729. The router's certificate must have this SHA-256 over its DER form; no authority is asked.
        case pinned(sha256: [UInt8])
    }

    /// Name or address.
    public var host: String
    public var port: Int
    public var username: String
    public var password: Secret<String>
    public var tls: TLS

    /// - Parameter port: nil for the standard one, 8728 or with TLS 8729.
    public init(host: String, port: Int? = nil, username: String, password: Secret<String>, tls: TLS = .none) {
        self.host = host
        self.port = port ?? (tls == .none ? 8728 : 8729)
        self.username = username
        self.password = password
        self.tls = tls
    }
}
