public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore

/// The bounds of a server's connections. Hummingbird's own defaults are wide or absent (reference `swift.md` §4).
public struct ServerLimits: Sendable {
    /// A connection on which no request begins for this long is closed; so is one that dribbles a request's head.
    public var idleTimeout: Duration = .seconds(15)
    /// From the head of a request to the end of its body.
    public var requestReadTimeout: Duration = .seconds(20)
    /// Further connections wait in the kernel's queue.
    public var maximumConnections = 512
    /// How long that queue is; the kernel has a bound of its own.
    public var connectionBacklog = 256

    public init() {}

    /// HTTP/1.1 with these bounds; heads of at most 16 KiB, a field of at most 8 KiB, 64 fields.
    public func http1() -> HTTPServerBuilder {
        let readTimeout = TimeAmount(requestReadTimeout)
        return .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [RequestReadDeadlineHandler(limit: readTimeout)],
                idleTimeout: TimeAmount(idleTimeout),
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: 8 * 1_024,
                    maxHeaderListSize: 16 * 1_024,
                    maxHeaderFieldCount: 64
                )
            )
        )
    }

    /// Where the server listens and how many connections it takes.
    public func configuration(address: ListenAddress, logger: Logger) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: .hostname(address.host, port: address.port),
            backlog: connectionBacklog,
            availableConnectionsDelegate: .maximum(maximumConnections, logger: logger)
        )
    }
}
