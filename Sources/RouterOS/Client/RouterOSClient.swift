public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
public import Shared

/// A persistent connection to one router, made again whenever it is lost.
///
/// Run it as a service. Requests may be made at any time: they wait while a connection is being made, within their
/// own timeout, and fail at once with `notSent` while the client pauses after a failed attempt.
///
/// Logging in is the expensive part on small boards, up to nine seconds, and every login is a line in the router's log:
/// hence one connection that stays (reference `routeros.md` §7, §11).
public actor RouterOSClient: Service, CommandExecutor {
    /// Until the router has answered the login; TLS included.
    static let loginTimeout = Duration.seconds(15)
    /// A connection without replies for this long is asked for a sign of life.
    static let keepAliveInterval = Duration.seconds(30)

    /// Where this client connects to.
    public nonisolated let configuration: RouterOSConfiguration
    /// How it stands with the router now.
    public private(set) var status = RouterOSStatus()
    public private(set) var connectionNumber = 0

    private let eventLoop: any EventLoop
    private let clock: any Clock<Duration>
    private let wallClock: WallClock
    private let logger: Logger
    private var machine = ClientStateMachine<PendingRequest, NIOLoopBound<RouterOSChannelHandler>>()
    private var lastID: UInt64 = 0
    private var delay = ReconnectDelay()

    // The client lives on its connection's event loop, so that neither ever waits for the other.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { eventLoop.executor.asUnownedSerialExecutor() }

    /// Makes a client that connects once `run()` is called.
    ///
    /// - Parameters:
    ///   - clock: for timeouts and pauses.
    ///   - wallClock: for the times in `status`.
    public init(
        configuration: RouterOSConfiguration,
        clock: any Clock<Duration> = ContinuousClock(),
        wallClock: WallClock = .system,
        logger: Logger
    ) {
        self.configuration = configuration
        self.clock = clock
        self.wallClock = wallClock
        self.logger = logger
        eventLoop = MultiThreadedEventLoopGroup.singleton.next()
    }

    // MARK: Requests

    /// Carries out a command.
    ///
    /// - Parameter timeout: for all of it: waiting for a connection and a slot, and the answer. When it is over and the
    ///   command was written, the connection is dropped and the error is `outcomeUnknown`.
    /// - Throws: `RouterOSError`. After `outcomeUnknown` and `invalidReply` the router may have acted, after all others it
    ///   has not.
    public func execute(_ command: Command, timeout: Duration = .seconds(10)) async throws(RouterOSError) -> Reply {
        guard !Task.isCancelled else { throw .notSent(.cancelled) }
        lastID += 1
        let id = lastID
        async let _: Void = expire(id, after: timeout)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(PendingRequest(id: id, sentence: command.sentence, continuation: continuation))
            }
        } onCancel: {
            eventLoop.execute { self.assumeIsolated { $0.giveUp(id) } }
        }
        return try result.get()
    }

    private func submit(_ request: PendingRequest) {
        switch machine.submit(request, id: request.id) {
        case .send(let connection): connection.value.send(request)
        case .wait: break
        case .refuse(let failure): request.fail(.notSent(.disconnected(failure)))
        }
    }

    private func giveUp(_ id: UInt64) {
        switch machine.withdraw(id) {
        case .notSent(let request): request.fail(.notSent(.cancelled))
        case .ask(let connection): connection.value.giveUp(id)
        case .none: break
        }
    }

    private func expire(_ id: UInt64, after timeout: Duration) async {
        guard (try? await clock.sleep(for: timeout)) != nil else { return }
        switch machine.withdraw(id) {
        case .notSent(let request): request.fail(.notSent(.timedOut))
        case .ask(let connection): connection.value.timeOut(id)
        case .none: break
        }
    }

    // MARK: Connection

    /// Keeps the connection until the task is cancelled or a graceful shutdown begins. Call it once.
    ///
    /// What is in flight then has an unknown outcome, so whoever makes requests should be stopped first. An attempt to
    /// connect that is under way delays the end by its timeout of five seconds at most.
    public func run() async {
        await cancelWhenGracefulShutdown { await self.keepConnected() }
        status.connection = .stopped
        for request in machine.failed(.stopped) { request.fail(.notSent(.disconnected(.stopped))) }
    }

    private func keepConnected() async {
        var generator = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            let failure = await connectOnce()
            let pause = delay.next(after: failure, using: &generator)
            // Cancellation ends the pause and then the loop.
            try? await clock.sleep(for: pause)
        }
    }

    /// Connects and stays until the connection has ended. Returns why it has, or why there was none.
    private func connectOnce() async -> ConnectionFailure {
        status.connection = .connecting
        machine.attempting()
        let handler: NIOLoopBound<RouterOSChannelHandler>
        do {
            handler = try await ConnectionBootstrap(configuration: configuration, eventLoop: eventLoop).connect()
        } catch {
            attemptFailed(error)
            return error
        }
        return await withTaskCancellationHandler {
            await stay(handler)
        } onCancel: {
            eventLoop.execute { handler.value.fail(.stopped) }
        }
    }

    private func stay(_ handler: NIOLoopBound<RouterOSChannelHandler>) async -> ConnectionFailure {
        if let failure = await logIn(handler) {
            attemptFailed(failure)
            return failure
        }
        connected(handler)
        async let _: Void = keepAlive(handler)
        // The future never fails, which its type cannot say.
        return (try? await handler.value.ended.get()) ?? .stopped
    }

    /// Waits for the login that began with the connection. Returns why it failed, or nil.
    private func logIn(_ handler: NIOLoopBound<RouterOSChannelHandler>) async -> ConnectionFailure? {
        async let _: Void = endLogin(handler, after: Self.loginTimeout)
        do {
            try await handler.value.loggedIn.get()
            return nil
        } catch {
            return error as? ConnectionFailure ?? .lost("\(error)")
        }
    }

    private func endLogin(_ handler: NIOLoopBound<RouterOSChannelHandler>, after timeout: Duration) async {
        guard (try? await clock.sleep(for: timeout)) != nil else { return }
        handler.value.fail(.loginTimedOut)
    }

    private func connected(_ handler: NIOLoopBound<RouterOSChannelHandler>) {
        status.connection = .connected(since: wallClock.now)
        connectionNumber += 1
        logger.info("router connected", metadata: ["router": "\(configuration.host)"])
        for request in machine.connected(handler) { handler.value.send(request) }
        // Not left to the task that waits for the same future: it comes later, and a request in between would be
        // handed to a connection that has ended.
        handler.value.ended.whenSuccess { failure in
            self.assumeIsolated { $0.connectionLost(failure, wasUseful: handler.value.repliesReceived > 0) }
        }
    }

    private func connectionLost(_ failure: ConnectionFailure, wasUseful: Bool) {
        machine.lost(failure, wasUseful: wasUseful)
        if wasUseful { delay.reset() }
        note(failure, connection: wasUseful ? .connecting : .away)
    }

    private func attemptFailed(_ failure: ConnectionFailure) {
        note(failure, connection: .away)
        for request in machine.failed(failure) { request.fail(.notSent(.disconnected(failure))) }
    }

    private func note(_ failure: ConnectionFailure, connection: RouterOSStatus.Connection) {
        // Our own end is nothing to report.
        guard failure != .stopped else { return }
        // A router that stays away is told once, not at every attempt.
        let level: Logger.Level = failure == status.lastFailure && connection == .away ? .debug : .warning
        logger.log(
            level: level,
            "router connection failed",
            metadata: ["router": "\(configuration.host)", "failure": "\(failure)"]
        )
        status.connection = connection
        status.lastFailure = failure
        status.lastFailureAt = wallClock.now
    }

    /// Asks an idle connection for a sign of life, so that a dead one is found before a buyer needs it. An idle one is
    /// noticed after one to two intervals.
    private func keepAlive(_ handler: NIOLoopBound<RouterOSChannelHandler>) async {
        var seen = handler.value.repliesReceived
        while (try? await clock.sleep(for: Self.keepAliveInterval)) != nil {
            if handler.value.repliesReceived == seen {
                do {
                    _ = try await execute(Self.signOfLife)
                } catch .trap {
                    // Refused is alive.
                } catch {
                    handler.value.fail(.silent)
                }
            }
            seen = handler.value.repliesReceived
        }
    }

    /// The cheapest command every router knows.
    private static let signOfLife = Command("/system/identity/print").returning(["name"])
}
