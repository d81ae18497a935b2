public import Logging
public import ServiceLifecycle
import Shared

/// The process's HTTPS client: Debian's libcurl, driven so that every request has an exact outcome.
///
/// One thread owns all connections (`TransferLoop`). Requests are accepted from the moment the client exists; `run()`
/// belongs first in the service group, so that it is shut down last. Redirects are not followed, proxies and cookies
/// not used, nothing is sent again except a GET on a connection that had been used before.
public final class OutboundClient: Service, OutboundTransport {
    /// The client's bounds.
    public struct Limits: Sendable {
        /// Requests under way at once; the next one is `notSent`.
        public var concurrentRequests: Int
        /// How long a shutdown lets the requests under way go on.
        public var shutdownGrace: Duration

        public init(concurrentRequests: Int = 256, shutdownGrace: Duration = .seconds(10)) {
            self.concurrentRequests = concurrentRequests
            self.shutdownGrace = shutdownGrace
        }
    }

    private let limits: Limits
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let loop: TransferLoop
    /// A file of PEM certificates to trust instead of Debian's; for tests with a server of their own.
    private let trustedCertificates: String?

    /// Starts the client's thread. Throws `OutboundError.cannotStart`.
    public convenience init(
        limits: Limits = Limits(),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) throws(OutboundError) {
        try self.init(limits: limits, clock: clock, logger: logger, trustedCertificates: nil)
    }

    init(
        limits: Limits = Limits(),
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger,
        trustedCertificates: String?
    ) throws(OutboundError) {
        self.limits = limits
        self.clock = clock
        self.logger = logger
        self.trustedCertificates = trustedCertificates
        loop = try TransferLoop(limit: limits.concurrentRequests)
    }

    deinit {
        loop.abort()
    }

    /// Sends the request and waits for its outcome, at most `timeouts.total` and about a second.
    ///
    /// Cancelling the task ends the request at once, with the outcome it has then; what must not be left in doubt is
    /// sent from a task that nobody cancels.
    public func send(_ request: OutboundRequest) async -> OutboundOutcome {
        guard let destination = Destination(url: request.url, allowsPlainHTTP: request.allowsPlainHTTP),
            request.headersAreValid
        else {
            return .notSent(.invalidRequest)
        }
        let transfer = Transfer(request, destination: destination, trustedCertificates: trustedCertificates)
        let end = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.submit(transfer, continuation)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        logger.debug(
            "outbound request ended",
            metadata: [
                "method": "\(request.method.rawValue)", "host": "\(destination.host)", "outcome": "\(end.outcome)",
                "curl_code": "\(end.curlCode)", "os_error": "\(end.osError)", "sent_bytes": "\(end.requestBytes)",
                "milliseconds": "\(end.milliseconds)",
            ]
        )
        return end.outcome
    }

    /// Waits for shutdown, lets the requests under way end within the grace, then ends the rest.
    ///
    /// Cancellation is a shutdown without grace. Throws `OutboundError.broken` when libcurl gives up.
    public func run() async throws {
        let (loop, clock, grace) = (loop, clock, limits.shutdownGrace)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await loop.ended() }
            group.addTask {
                do {
                    try await gracefulShutdown()
                    loop.drain()
                    try await clock.sleep(for: grace)
                } catch {
                    // Cancelled, or the loop has ended by itself: either way there is nothing left to wait for.
                }
                loop.abort()
            }
            await group.next()
            group.cancelAll()
        }
        if let code = loop.failure { throw OutboundError.broken(multiCode: code) }
    }
}
