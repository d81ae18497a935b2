import NIOCore
import NIOPosix
import NIOSSL

/// Opens the channel of one connection: TCP, TLS if wanted, the codec, the handler.
struct ConnectionBootstrap {
    /// Until the TCP connection stands. A hAP lite accepts within milliseconds even under load (reference `routeros.md`
    /// §2.6), so more than this is a router that is not there.
    static let connectTimeout = TimeAmount.seconds(5)

    let configuration: RouterOSConfiguration
    let eventLoop: any EventLoop

    /// Connects. The login has only begun when this returns. Must be called on the event loop.
    func connect() async throws(ConnectionFailure) -> NIOLoopBound<RouterOSChannelHandler> {
        do {
            let security = try Security(configuration.tls)
            let credentials = Credentials(username: configuration.username, password: configuration.password)
            return try await ClientBootstrap(group: eventLoop)
                .connectTimeout(Self.connectTimeout)
                // Called once for each address the name has, so the handler is made inside.
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.addHandlers(to: channel, credentials: credentials, security: security)
                    }
                }
                .connect(host: configuration.host, port: configuration.port)
                // At once: a router that refuses our address closes again, and with the channel its handlers go.
                .flatMapThrowing { channel in
                    let handler = try channel.pipeline.syncOperations.handler(type: RouterOSChannelHandler.self)
                    return NIOLoopBound(handler, eventLoop: channel.eventLoop)
                }
                .get()
        } catch let error as NIOSSLError {
            throw .tlsFailed("\(error)")
        } catch let error as NIOConnectionError {
            throw .unreachable(error.connectionErrors.first.map { "\($0.error)" } ?? "\(error)")
        } catch {
            throw .unreachable("\(error)")
        }
    }

    private static func addHandlers(
        to channel: any Channel,
        credentials: Credentials,
        security: Security?
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        if let security { try pipeline.addHandler(security.makeHandler()) }
        try pipeline.addHandler(ByteToMessageHandler(SentenceDecoder()))
        try pipeline.addHandler(MessageToByteHandler(SentenceEncoder()))
        try pipeline.addHandler(
            RouterOSChannelHandler(
                credentials: credentials,
                certificatePin: security?.pin,
                eventLoop: channel.eventLoop
            )
        )
    }
}

/// What TLS with a pinned certificate needs.
private struct Security {
    let pin: CertificatePin
    private let context: NIOSSLContext

    /// Nil for a plain connection.
    init?(_ tls: RouterOSConfiguration.TLS) throws {
        guard case .pinned(let sha256) = tls else { return nil }
        pin = CertificatePin(sha256: sha256)
        var configuration = TLSConfiguration.makeClientConfiguration()
        // RouterOS 6 knows nothing newer.
        configuration.minimumTLSVersion = .tlsv12
        // The fingerprint replaces the check of the chain; the name is checked apart from it, and there is none.
        configuration.certificateVerification = .noHostnameVerification
        context = try NIOSSLContext(configuration: configuration)
    }

    func makeHandler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(
            context: context,
            // No server name: routers are addressed by IP, and the fingerprint says all.
            serverHostname: nil,
            customVerificationCallback: { [pin] chain, verdict in pin.verify(chain, verdict) }
        )
    }
}
