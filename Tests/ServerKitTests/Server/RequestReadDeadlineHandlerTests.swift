import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import ServerKit

struct RequestReadDeadlineHandlerTests {
    private let channel = EmbeddedChannel()
    private let head = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/")
    )

    init() throws {
        try channel.pipeline.syncOperations.addHandler(RequestReadDeadlineHandler(limit: .seconds(20)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    @Test func piecesOfABodyDoNotMoveTheDeadline() throws {
        try channel.writeInbound(head)
        for _ in 0..<19 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
        }
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func aRequestThatIsReadWholeMayTakeItsTimeToAnswer() throws {
        for _ in 0..<3 {
            try channel.writeInbound(head)
            channel.embeddedEventLoop.advanceTime(by: .seconds(19))
            try channel.writeInbound(HTTPRequestPart.end(nil))
            channel.embeddedEventLoop.advanceTime(by: .seconds(100))
            #expect(channel.isActive)
        }
        _ = try channel.finish()
    }

    @Test func everyPartIsHandedOn() throws {
        let parts = [head, .body(ByteBuffer(string: "x")), .end(nil)]
        for part in parts { try channel.writeInbound(part) }
        for part in parts { #expect(try channel.readInbound() == part) }
        _ = try channel.finish()
    }
}
