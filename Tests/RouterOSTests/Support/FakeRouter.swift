import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import RouterOS

/// A router whose part a test plays itself: it accepts connections on a port of its own and says what it is told to.
final class FakeRouter: Sendable {
    let port: Int
    private let listener: any Channel
    private let connections: AsyncStream<FakeConnection>

    /// Listens on the loopback, with TLS if there is a context for it.
    init(tls context: NIOSSLContext? = nil) async throws {
        let (connections, accepted) = AsyncStream.makeStream(of: FakeConnection.self)
        self.connections = connections
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
                    try pipeline.addHandler(ByteToMessageHandler(SentenceDecoder()))
                    let (sentences, received) = AsyncStream.makeStream(of: Sentence.self)
                    try pipeline.addHandler(Recorder(received))
                    accepted.yield(FakeConnection(channel: channel, sentences: sentences))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        port = try #require(listener.localAddress?.port)
    }

    /// The next connection, as soon as it is there.
    func accept() async throws -> FakeConnection {
        guard let connection = await connections.first(where: { _ in true }) else { throw CancellationError() }
        return connection
    }

    /// The next connection, its login accepted.
    func acceptLogin() async throws -> FakeConnection {
        let connection = try await accept()
        _ = try await connection.next()
        connection.send(["!done"])
        return connection
    }

    func stop() async throws {
        try await listener.close()
    }
}

/// One connection to a fake router.
final class FakeConnection: Sendable {
    private let channel: any Channel
    private let sentences: AsyncStream<Sentence>

    init(channel: any Channel, sentences: AsyncStream<Sentence>) {
        self.channel = channel
        self.sentences = sentences
    }

    /// The next sentence from the client; throws once the client has closed.
    func next() async throws -> Sentence {
        guard let sentence = await sentences.first(where: { _ in true }) else { throw ClosedByClient() }
        return sentence
    }

    struct ClosedByClient: Error {}

    /// The next request from the client, without its tag and with it.
    func request() async throws -> (words: [String], tag: String) {
        let words = try await next().words.map(\.text)
        return (words.filter { !$0.hasPrefix(".tag=") }, words.first { $0.hasPrefix(".tag=") } ?? "")
    }

    /// Awaits a request and answers it, under its tag. Returns the request.
    @discardableResult
    func answer(_ replies: Sentence...) async throws -> [String] {
        try await answer(replies)
    }

    func answer(_ replies: [Sentence]) async throws -> [String] {
        let request = try await request()
        for reply in replies { send(Sentence(reply.words + [Word(request.tag)])) }
        return request.words
    }

    func send(_ sentences: Sentence...) {
        var buffer = ByteBuffer()
        for sentence in sentences { SentenceEncoder().encode(data: sentence, out: &buffer) }
        channel.writeAndFlush(buffer, promise: nil)
    }

    func send(bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func close() {
        channel.close(promise: nil)
    }
}

/// Hands the sentences of one connection to its test.
private final class Recorder: ChannelInboundHandler {
    typealias InboundIn = Sentence

    private let received: AsyncStream<Sentence>.Continuation

    init(_ received: AsyncStream<Sentence>.Continuation) {
        self.received = received
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.yield(unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        received.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
