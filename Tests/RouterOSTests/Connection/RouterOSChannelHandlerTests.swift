import NIOCore
import NIOEmbedded
import Shared
import Testing

@testable import RouterOS

/// The pipeline without sockets: bytes in, bytes out.
@Suite(.timeLimit(.minutes(1)))
struct RouterOSChannelHandlerTests {
    @Test func `login and request go through the pipeline, byte by byte`() async throws {
        let (channel, handler) = try await makeChannel()
        #expect(try await channel.readText() == "/login =name=admin =password=secret")
        try await channel.writeSlowly(["!done"])
        try await handler.loggedIn.get()

        async let result = send(Sentence(["/a/print"]), id: 9, to: handler)
        #expect(try await channel.readText() == "/a/print .tag=9")
        try await channel.writeSlowly(["!re", ".tag=9", "=name=x"])
        try await channel.writeSlowly(["!empty", ".tag=9"])
        try await channel.writeSlowly(["!done", ".tag=9"])
        #expect(try await result.get().rows.map { $0.text("name") } == ["x"])
        _ = try await channel.finish()
    }

    @Test func `several sentences in one read are several replies`() async throws {
        let (channel, handler) = try await makeChannel()
        _ = try await channel.readText()
        try await channel.writeInbound(encoded([["!done"]]))
        try await handler.loggedIn.get()
        async let first = send(["/a"], id: 1, to: handler)
        _ = try await channel.readText()
        async let second = send(["/b"], id: 2, to: handler)
        _ = try await channel.readText()
        try await channel.writeInbound(encoded([["!re", ".tag=2"], ["!done", ".tag=2"], ["!done", ".tag=1"]]))
        #expect(try await first.get().rows.count == 0)
        #expect(try await second.get().rows.count == 1)
        _ = try await channel.finish()
    }

    @Test func `an error on the channel is the reason for the end`() async throws {
        let (channel, handler) = try await makeChannel()
        channel.testingEventLoop.execute { [channel] in channel.pipeline.fireErrorCaught(ChannelError.inputClosed) }
        await #expect(throws: ConnectionFailure.lost("Input closed")) { try await handler.loggedIn.get() }
        #expect(try await handler.ended.get() == .lost("Input closed"))
        #expect(!channel.isActive)
    }

    @Test func `a channel that closes before the login tells both`() async throws {
        let (channel, handler) = try await makeChannel()
        try await channel.close()
        await #expect(throws: ConnectionFailure.lost("closed by the router")) { try await handler.loggedIn.get() }
        #expect(try await handler.ended.get() == .lost("closed by the router"))
    }

    // MARK: -

    /// What of the handler may be used outside its event loop.
    private struct Handler: Sendable {
        let bound: NIOLoopBound<RouterOSChannelHandler>
        let loggedIn: EventLoopFuture<Void>
        let ended: EventLoopFuture<ConnectionFailure>
        let eventLoop: any EventLoop
    }

    private func makeChannel() async throws -> (NIOAsyncTestingChannel, Handler) {
        let channel = try await NIOAsyncTestingChannel { channel in
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ByteToMessageHandler(SentenceDecoder()))
            try pipeline.addHandler(MessageToByteHandler(SentenceEncoder()))
            try pipeline.addHandler(
                RouterOSChannelHandler(
                    credentials: Credentials(username: "admin", password: Secret("secret")),
                    certificatePin: nil,
                    eventLoop: channel.eventLoop
                )
            )
        }
        let handler = try await channel.testingEventLoop.submit {
            let handler = try channel.pipeline.syncOperations.handler(type: RouterOSChannelHandler.self)
            return Handler(
                bound: NIOLoopBound(handler, eventLoop: channel.eventLoop),
                loggedIn: handler.loggedIn,
                ended: handler.ended,
                eventLoop: channel.eventLoop
            )
        }.get()
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 8728))
        return (channel, handler)
    }

    private func send(_ sentence: Sentence, id: UInt64, to handler: Handler) async -> Result<Reply, RouterOSError> {
        await withCheckedContinuation { continuation in
            handler.eventLoop.execute {
                handler.bound.value.send(PendingRequest(id: id, sentence: sentence, continuation: continuation))
            }
        }
    }
}

private func encoded(_ sentences: [Sentence]) -> ByteBuffer {
    var buffer = ByteBuffer()
    for sentence in sentences { SentenceEncoder().encode(data: sentence, out: &buffer) }
    return buffer
}

extension NIOAsyncTestingChannel {
    /// The next sentence on its way out.
    fileprivate func readText() async throws -> String {
        var decoder = Incremental()
        decoder.feed(try await waitForOutboundWrite(as: ByteBuffer.self))
        return try decoder.result.get().map { $0.words.map(\.text).joined(separator: " ") }.joined(separator: "\n")
    }

    /// Lets a sentence arrive one byte at a time.
    fileprivate func writeSlowly(_ sentence: Sentence) async throws {
        for byte in encoded([sentence]).readableBytesView { try await writeInbound(ByteBuffer(bytes: [byte])) }
    }
}
