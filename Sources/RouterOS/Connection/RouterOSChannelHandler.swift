import NIOCore
import NIOSSL

/// Carries out what the connection's state machine decides. All of it happens on the channel's event loop.
final class RouterOSChannelHandler: ChannelInboundHandler {
    typealias InboundIn = Sentence
    typealias OutboundOut = Sentence

    /// Succeeds once the login is done, fails with a `ConnectionFailure` if it will not be.
    let loggedIn: EventLoopFuture<Void>
    /// Completes when the connection has ended, with the reason.
    let ended: EventLoopFuture<ConnectionFailure>
    /// Replies received; grows as long as the router is alive.
    private(set) var repliesReceived = 0

    private var machine: ConnectionStateMachine<PendingRequest>
    private let loginPromise: EventLoopPromise<Void>
    private let endPromise: EventLoopPromise<ConnectionFailure>
    private let certificatePin: CertificatePin?
    private var context: ChannelHandlerContext?

    init(credentials: Credentials, certificatePin: CertificatePin?, eventLoop: any EventLoop) {
        machine = ConnectionStateMachine(credentials: credentials)
        self.certificatePin = certificatePin
        loginPromise = eventLoop.makePromise()
        endPromise = eventLoop.makePromise()
        loggedIn = loginPromise.futureResult
        ended = endPromise.futureResult
    }

    // MARK: From the client

    /// Writes a request, or lets it wait for a free slot.
    func send(_ request: PendingRequest) {
        switch machine.send(request.sentence, id: request.id, for: request) {
        case .write(let sentence): write(sentence)
        case .wait: break
        case .refuse(let failure): request.fail(.notSent(.disconnected(failure)))
        }
    }

    /// The caller was cancelled.
    func giveUp(_ id: UInt64) {
        switch machine.giveUp(id) {
        case .none: break
        case .notSent(let request): request.fail(.notSent(.cancelled))
        case .outcomeUnknown(let request): request.fail(.outcomeUnknown(.cancelled))
        }
    }

    /// The request's time is over.
    func timeOut(_ id: UInt64) {
        switch machine.timeOut(id) {
        case .none: break
        case .notSent(let request):
            request.fail(.notSent(.timedOut))
        case .close(let request, let unfinished):
            end(.silent, unfinished)
            request.fail(.outcomeUnknown(.timedOut))
        }
    }

    /// Ends the connection for this reason, unless it has ended already.
    func fail(_ failure: ConnectionFailure) {
        guard let unfinished = machine.fail(failure) else { return }
        end(failure, unfinished)
    }

    // MARK: From the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        write(machine.connected())
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch machine.received(unwrapInboundIn(data)) {
        case .none: break
        case .write(let sentence):
            write(sentence)
        case .loggedIn:
            loginPromise.succeed()
        case .finish(let finished):
            repliesReceived += 1
            if let next = finished.next { write(next) }
            finished.request?.finish(finished.result)
        case .close(let failure, let unfinished):
            end(failure, unfinished)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.lost("closed by the router"))
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        fail(.lost("closed"))
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(failure(for: error))
    }

    private func failure(for error: any Error) -> ConnectionFailure {
        if let presented = certificatePin?.mismatch { return .certificateMismatch(presentedSHA256: presented) }
        return switch error {
        case let error as WireError: .protocolViolation("\(error)")
        case let error as NIOSSLError: .tlsFailed("\(error)")
        case let error as NIOSSLExtraError: .tlsFailed("\(error)")
        case let error as BoringSSLError: .tlsFailed("\(error)")
        default: .lost("\(error)")
        }
    }

    private func write(_ sentence: Sentence) {
        context?.writeAndFlush(wrapOutboundOut(sentence), promise: nil)
    }

    private func end(_ failure: ConnectionFailure, _ unfinished: ConnectionStateMachine<PendingRequest>.Unfinished) {
        // First the promises: whoever retries on a failed request must find the connection gone.
        loginPromise.fail(failure)
        endPromise.succeed(failure)
        for request in unfinished.written { request.fail(.outcomeUnknown(.connectionLost(failure))) }
        for request in unfinished.waiting { request.fail(.notSent(.disconnected(failure))) }
        context?.close(promise: nil)
    }
}
