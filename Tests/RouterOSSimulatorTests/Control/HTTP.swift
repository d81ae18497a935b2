import Foundation
import NIOCore
import NIOPosix

/// One HTTP request on a connection of its own, as plain as it gets.
enum HTTP {
    struct Answer {
        let status: Int
        let body: String
    }

    static func request(_ port: Int, _ method: String, _ path: String, _ body: String = "") async throws -> Answer {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let head = "\(method) \(path) HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        let request = head + "content-length: \(body.utf8.count)\r\n\r\n" + body
        let text = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var text = ""
            for try await part in inbound { text += String(buffer: part) }
            return text
        }
        let parts = text.components(separatedBy: "\r\n\r\n")
        let status = try Int(text.split(separator: " ").dropFirst().first.orThrow())
        return Answer(status: try status.orThrow(), body: parts.dropFirst().joined())
    }
}
