import NIOCore

/// Tells a ``PrintJob`` what happens on its connection.
final class PrinterChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// A printer answers a byte, or a few. Whoever sends more is none.
    private static let maximumBytes = 256

    private let events: AsyncStream<PrintJob.Event>.Continuation
    private var received = 0

    init(_ events: AsyncStream<PrintJob.Event>.Continuation) {
        self.events = events
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        received += bytes.count
        guard received <= Self.maximumBytes else {
            events.yield(.brokeOff)
            context.close(promise: nil)
            return
        }
        events.yield(.received(bytes))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { events.yield(.ended) }
    }

    /// After both sides have ended, which is not told as above.
    func channelInactive(context: ChannelHandlerContext) {
        events.yield(.ended)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        events.yield(.brokeOff)
        context.close(promise: nil)
    }
}
