import Foundation
import NIOCore
import NIOPosix

/// One connection of a simulated box: a request, its answer, and again. Ten thousand of them wait at once, so none has a
/// thread.
struct FleetConnection {
    struct Ended: Error {}

    struct Answer {
        let status: Int
        /// In seconds.
        let retryAfter: Int?
        let body: String
    }

    private var pieces: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Connects and lends the connection to `body`.
    static func open<Value: Sendable>(
        to port: UInt16,
        _ body: (inout FleetConnection) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: Int(port)) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = FleetConnection(pieces: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    /// - Throws: ``Ended`` when the connection does before the whole answer is there.
    mutating func post(_ path: String, _ body: some Encodable, credential: String) async throws -> Answer {
        let json = try JSONEncoder().encode(body)
        let head = [
            "POST \(path) HTTP/1.1", "Host: centro", "Authorization: Bearer \(credential)",
            "Content-Type: application/json", "Content-Length: \(json.count)", "", "",
        ]
        try await outbound.write(
            ByteBuffer(string: head.joined(separator: "\r\n") + String(decoding: json, as: UTF8.self))
        )
        var received = ""
        while let piece = try await pieces.next(isolation: #isolation) {
            received += String(buffer: piece)
            if let answer = try Self.whole(received) { return answer }
        }
        throw Ended()
    }

    private static func whole(_ received: String) throws -> Answer? {
        guard let end = received.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = received[..<end.lowerBound].split(separator: "\r\n")
        func number(_ field: String) -> Int? {
            let line = lines.first { $0.lowercased().hasPrefix(field + ":") }
            return line.flatMap { Int($0.dropFirst(field.count + 1).drop(while: \.isWhitespace)) }
        }
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Ended()
        }
        let rest = received[end.upperBound...]
        let body: String
        if let length = number("content-length") {
            guard rest.utf8.count >= length else { return nil }
            body = String(rest)
        } else {
            // Of an answer that is written later, in one piece: its length, itself, and the end.
            guard rest.hasSuffix("0\r\n\r\n") else { return nil }
            body = rest.split(separator: "\r\n").dropFirst().first.map(String.init) ?? ""
        }
        return Answer(status: status, retryAfter: number("retry-after"), body: body)
    }
}
