import NIOCore
import NIOPosix
import NIOSSL
import RouterOS
public import ServiceLifecycle

/// A simulated router's API on a loopback port.
///
/// While the router is away (`reboot`) or has no session left, a connection is accepted and reset at once: the port stays
/// ours, and a client sees it fail before it has said anything.
public struct RouterOSSimulatorServer: Service {
    /// The port it listens on.
    public let port: Int

    private let listener: any Channel
    private let connections: OpenConnections

    /// Begins to listen; port 0 is any free one. Throws when the port is taken or the certificate is unusable.
    public init(
        _ router: RouterOSSimulator,
        host: String = "127.0.0.1",
        port: Int = 0,
        tls: SimulatorTLS? = nil
    ) async throws {
        let connections = OpenConnections()
        let tlsContext = try tls?.context()
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.add(channel)
                    let wakeUp = WakeUp(channel)
                    guard let session = router.openSession(onPush: wakeUp.callAsFunction) else {
                        channel.closeWithReset()
                        return
                    }
                    let pipeline = channel.pipeline.syncOperations
                    if let tlsContext { try pipeline.addHandler(NIOSSLServerHandler(context: tlsContext)) }
                    try pipeline.addHandlers(
                        ByteToMessageHandler(SentenceDecoder(limits: Self.limits)),
                        APIConnectionHandler(router: router, session: session)
                    )
                }
            }
            .bind(host: host, port: port)
            .get()
        self.port = listener.localAddress?.port ?? port
        self.connections = connections
    }

    /// More than any client of ours sends: the limits of the real router are not published.
    private static let limits = SentenceDecoder.Limits(
        wordBytes: 16 * 1_024 * 1_024,
        words: 4_096,
        sentenceBytes: 32 * 1_024 * 1_024
    )

    /// Listens until graceful shutdown or cancellation, then ends every connection.
    public func run() async throws {
        try? await gracefulShutdown()
        try await close()
    }

    /// Stops listening and ends every connection.
    public func close() async throws {
        try await listener.close()
        await connections.closeAll()
    }
}

/// Runs `body` with the router's API on a free loopback port, and closes it afterwards whatever happens.
public func withRouterOSSimulatorServer<Result>(
    _ router: RouterOSSimulator,
    tls: SimulatorTLS? = nil,
    _ body: (RouterOSSimulatorServer) async throws -> Result
) async throws -> Result {
    let server = try await RouterOSSimulatorServer(router, tls: tls)
    do {
        let result = try await body(server)
        try await server.close()
        return result
    } catch {
        try? await server.close()
        throw error
    }
}
