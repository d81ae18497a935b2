import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request is not read whole within a time, however steadily its bytes drip.
///
/// Hummingbird's idle timeout starts again with every piece of a body, so one byte now and then would hold a
/// connection forever (reference `swift.md` §4). A dripping head is cut by the idle timeout: the head counts as one
/// piece. The time also runs while a handler leaves a body unread that is too large for the buffers.
final class RequestReadDeadlineHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let limit: TimeAmount
    private var isReading = false
    private var deadline: Scheduled<Void>?

    init(limit: TimeAmount) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            stop()
            isReading = true
        case .body:
            break
        case .end:
            stop()
        }
        context.fireChannelRead(data)
    }

    /// Most requests are whole in one read and never cost a timer.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, deadline == nil {
            deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
        }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
    }

    private func stop() {
        isReading = false
        deadline?.cancel()
        deadline = nil
    }
}

@available(*, unavailable)
extension RequestReadDeadlineHandler: Sendable {}
