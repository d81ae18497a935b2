import NIOCore
import RouterOS

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Carries sentences between one socket and the simulated router. All it decides is when bytes leave.
final class APIConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = Sentence
    typealias OutboundOut = ByteBuffer

    private let router: RouterOSSimulator
    private let session: SessionID

    init(router: RouterOSSimulator, session: SessionID) {
        self.router = router
        self.session = session
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let start = NIODeadline.now()
        // Pushes that are older than this command must not come after its answer.
        sendPushes(context)
        let execution = router.execute(unwrapInboundIn(data), session: session)
        guard execution.delay > .zero else {
            finish(execution, context, since: start)
            return
        }
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(execution.delay)) {
            let (handler, context) = loopBound.value
            handler.finish(execution, context, since: start)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        router.closeSession(session)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Bytes that are not the API, or a connection that broke: there is nothing to be said to such a peer.
        context.close(promise: nil)
    }

    /// Sends what a `listen` gave, and ends the connection when the router did.
    func sendPushes(_ context: ChannelHandlerContext) {
        let (sentences, isOpen) = router.takePushes(session)
        send(sentences, context)
        if !isOpen { reset(context) }
    }

    private func finish(_ execution: Execution, _ context: ChannelHandlerContext, since start: NIODeadline) {
        let isDelayed = execution.delay > .zero
        if isDelayed, let hold = execution.hold, !router.release(hold, session: session) { return }
        if let garbage = execution.garbage {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: garbage)), promise: nil)
        }
        send(execution.replies, context)
        router.noteAnswer(afterMicroseconds: (NIODeadline.now() - start).nanoseconds / 1_000)
        switch execution.ending {
        case .staysOpen: break
        case .closes: context.close(promise: nil)
        case .resets: reset(context)
        }
    }

    private func send(_ sentences: [Sentence], _ context: ChannelHandlerContext) {
        guard !sentences.isEmpty else { return }
        var buffer = context.channel.allocator.buffer(capacity: 256)
        for sentence in sentences { SentenceEncoder().encode(data: sentence, out: &buffer) }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private func reset(_ context: ChannelHandlerContext) {
        context.channel.closeWithReset()
    }
}

extension Channel {
    /// Closes so that the peer sees a reset: with no time to linger the kernel throws away what is unsent.
    func closeWithReset() {
        guard let options = self as? any SocketOptionProvider else {
            close(promise: nil)
            return
        }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in self.close(promise: nil) }
    }
}
