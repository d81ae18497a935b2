public import Shared

/// One HTTP request to the outside world.
///
/// The header values and the body are secrets: they carry keys and card tokens, and nothing that describes a request
/// shows them.
public struct OutboundRequest: Sendable {
    /// What is asked of the resource.
    public enum Method: String, Sendable {
        /// Reads only, so it may travel on a connection that was used before, and libcurl may send it twice.
        case get = "GET"
        /// May move money: always on a connection of its own, never sent twice.
        case post = "POST"
    }

    /// The bounds of one request in time. libcurl measures them with its own clock, in milliseconds.
    public struct Timeouts: Hashable, Sendable {
        /// For the name, the connection and the TLS handshake together.
        public var connect: Duration
        /// For everything, from the moment the request is handed over.
        public var total: Duration
        /// How long less than one byte a second may move before the request is given up; nil leaves it to `total`.
        ///
        /// Waiting for the first byte of an answer counts too, so it must be longer than the peer may think. libcurl
        /// counts whole seconds; a part of a second counts as a whole one.
        public var stall: Duration?

        public init(connect: Duration = .seconds(5), total: Duration, stall: Duration? = nil) {
            self.connect = connect
            self.total = total
            self.stall = stall
        }
    }

    public var method: Method
    /// Absolute, `https`; `http` only when the host is loopback, or with ``allowsPlainHTTP``. Never holds a user or a
    /// password.
    public var url: String
    /// By name; a name or a value with control characters makes the request invalid.
    public var headers: [String: Secret<String>]
    /// Sent with its length; nil sends a POST with an empty body. Ignored for GET.
    public var body: Secret<[UInt8]>?
    public var timeouts: Timeouts
    /// The largest answer body that is accepted, in bytes.
    public var maximumResponseBytes: Int
    /// Lets `http` go to any host. For requests that carry no secret, such as asking oneself on an address of the LAN.
    public var allowsPlainHTTP = false

    public init(
        _ method: Method,
        _ url: String,
        headers: [String: Secret<String>] = [:],
        body: Secret<[UInt8]>? = nil,
        timeouts: Timeouts,
        maximumResponseBytes: Int = 1_048_576
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.maximumResponseBytes = maximumResponseBytes
    }

    /// libcurl sends a request again by itself when a connection it had used before turns out to be dead (reference
    /// `swift.md` §5), so only what may be sent twice may use one.
    var neverReusesConnection: Bool { method != .get }
}
