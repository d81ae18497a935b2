import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

/// A real server on a port of its own, spoken to in bytes.
struct RunningServer {
    let address: SocketAddress

    static func run<Responder: HTTPResponder>(
        _ application: Application<Responder>,
        _ body: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        let (ports, port) = AsyncStream<SocketAddress>.makeStream()
        let observed = Application(
            responder: application.responder,
            server: application.server,
            configuration: application.configuration,
            onServerRunning: { channel in
                if let address = channel.localAddress { port.yield(address) }
            },
            logger: application.logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await observed.run() }
            let address = try #require(await ports.first { _ in true })
            try await body(RunningServer(address: address))
            group.cancelAll()
        }
    }

    /// Sends `bytes` and collects what comes back until the server closes the connection.
    func exchange(_ bytes: String) async throws -> String {
        try await connect(sending: [bytes], every: .zero)
    }

    /// Sends one piece after another with a pause before each but the first, and collects until the server closes.
    func connect(sending pieces: [String], every pause: TimeAmount) async throws -> String {
        let received = ReceivedBytes()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(received.handler())
                }
            }
            .connect(to: address).get()
        // A client that is late may find the connection cut already: what counts is what it heard.
        // The first one too: what is scheduled and due may overtake what is not scheduled.
        let writes = pieces.enumerated().map { index, piece in
            channel.eventLoop.scheduleTask(in: pause * index) {
                channel.writeAndFlush(ByteBuffer(string: piece), promise: nil)
            }
        }
        defer { for write in writes { write.cancel() } }
        try await channel.closeFuture.get()
        return received.text
    }
}
