import NIOCore
import Synchronization

/// Collects what a connection receives.
final class ReceivedBytes: Sendable {
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let received: ReceivedBytes

        init(_ received: ReceivedBytes) {
            self.received = received
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            _ = received.bytes.withLock { $0.writeImmutableBuffer(buffer) }
        }

        // The server may close while we still send; what it has said by then is what counts.
        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }

    private let bytes = Mutex(ByteBuffer())

    var text: String { bytes.withLock { String(buffer: $0) } }

    func handler() -> some ChannelInboundHandler { Handler(self) }
}
