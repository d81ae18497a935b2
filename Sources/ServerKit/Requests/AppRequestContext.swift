public import Hummingbird
import Logging
public import NIOCore

/// What we know about a request from the connection it came on.
public struct AppRequestContext: RequestContext, RemoteAddressRequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The request's id: in every log line as `request_id`, and in the answer as `X-Request-Id`.
    public let id: String
    public let remoteAddress: SocketAddress?
    /// The peer's IP address as text, IPv4-mapped IPv6 as IPv4; nil when the transport has none.
    ///
    /// Taken from the socket alone, never from a header. Tests without sockets set it in a middleware of their own.
    public var peerAddress: String?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        id = RequestID.random()
        remoteAddress = source.channel.remoteAddress
        peerAddress = remoteAddress.flatMap(PeerAddress.text)
        logger[metadataKey: "hb.request.id"] = nil
        logger[metadataKey: RequestID.metadataKey] = .string(id)
    }

    /// What Hummingbird's own decoding may read; ours has the same limit as a parameter.
    public var maxUploadSize: Int { RequestBodyLimit.bytes }
}
