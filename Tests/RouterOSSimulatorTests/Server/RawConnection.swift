import NIOCore
import NIOPosix
import RouterOS

/// A socket to the simulated router that sends bytes as they are and reads sentences.
struct RawConnection {
    var replies: NIOAsyncChannelInboundStream<Sentence>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    func send(_ sentences: Sentence...) async throws {
        var buffer = ByteBuffer()
        for sentence in sentences { SentenceEncoder().encode(data: sentence, out: &buffer) }
        try await outbound.write(buffer)
    }

    func send(bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// The next reply; nil when the router ended the connection.
    mutating func next() async throws -> [String]? {
        try await replies.next(isolation: #isolation)?.words.map(\.text)
    }

    mutating func next(_ count: Int) async throws -> [[String]] {
        var result: [[String]] = []
        for _ in 0..<count {
            guard let reply = try await next() else { return result }
            result.append(reply)
        }
        return result
    }

    static func open<Result: Sendable>(
        _ port: Int,
        isLoggedIn: Bool = true,
        _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(SentenceDecoder()))
                    return try NIOAsyncChannel<Sentence, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(replies: inbound.makeAsyncIterator(), outbound: outbound)
            if isLoggedIn {
                try await connection.send(["/login", "=name=fichas", "=password=secret"])
                guard try await connection.next() == ["!done"] else { throw Missing() }
            }
            return try await body(&connection)
        }
    }
}
