import GRDB
import Logging
import ServerKit
import ServiceLifecycle
import Shared
import Store
import Synchronization

/// Takes the box's events up, in order, one batch at a time, for as long as it takes.
///
/// How far the centre has them is written down once a minute only: what is sent a second time the centre knows already,
/// and a sale costs no further commit.
final class SyncPusher: Service {
    private static let bookkeepingInterval = Duration.seconds(60)
    /// Between two full batches, so that sales go first while a long absence is made good.
    private static let pauseBetweenBatches = Duration.milliseconds(100)

    private let store: OutboxStore
    private let credential: CentreCredential
    private let centre: CentreClient
    private let contact: CentreContact
    private let bell: Bell
    private let wallClock: WallClock
    private let clock: any Clock<Duration>
    private let uptime: @Sendable () -> Duration
    private let logger: Logger

    /// - Parameter bell: Rings when there is something to send, or when the centre is back.
    init(
        store: OutboxStore,
        credential: CentreCredential,
        centre: CentreClient,
        contact: CentreContact,
        bell: Bell,
        wallClock: WallClock,
        clock: any Clock<Duration> = ContinuousClock(),
        uptime: @escaping @Sendable () -> Duration = Monotonic.now,
        logger: Logger
    ) {
        self.store = store
        self.credential = credential
        self.centre = centre
        self.contact = contact
        self.bell = bell
        self.wallClock = wallClock
        self.clock = clock
        self.uptime = uptime
        self.logger = logger
    }

    func run() async throws {
        let bell = bell
        let watch = store.onAppend { bell.ring() }
        defer { watch.cancel() }
        let start = try await store.position().acknowledged
        let known = await cancelWhenGracefulShutdown { await self.pushForever(from: start) }
        // So that the next start need not send the last minute again.
        try? await store.acknowledge(known)
    }

    /// - Returns: How far the centre has the events when the box is told to end.
    private func pushForever(from start: SyncPoint) async -> SyncPoint {
        var known = start
        var delay = RetryDelay()
        var generator = SystemRandomNumberGenerator()
        var written = (point: known, at: uptime())
        while !Task.isCancelled {
            do {
                let isFull = try await push(&known)
                delay.reset()
                if known.epoch != written.point.epoch || uptime() - written.at > Self.bookkeepingInterval {
                    try await store.acknowledge(known)
                    written = (known, uptime())
                }
                if isFull {
                    try await clock.sleep(for: Self.pauseBetweenBatches)
                } else {
                    await bell.wait(upTo: Self.bookkeepingInterval, clock)
                }
            } catch let failure as CentreFailure {
                contact.noteFailure(failure)
                await bell.wait(upTo: delay.next(after: failure, using: &generator), clock)
            } catch is CancellationError {
                break
            } catch {
                logger.error("the outbox cannot be read or written", metadata: ["error": "\(error)"])
                await bell.wait(upTo: RetryDelay.longest, clock)
            }
        }
        return known
    }

    /// Sends one batch, or settles what keeps it from being taken.
    ///
    /// - Returns: Whether there is more to do at once.
    /// - Throws: ``CentreFailure``; the database's errors.
    func push(_ known: inout SyncPoint) async throws -> Bool {
        let position = try await store.position()
        if let planned = position.planned {
            known = try await open(planned)
            return true
        }
        guard position.boxID == credential.boxID, let incarnation = position.incarnation else {
            // The database was put back to a time before the box was enrolled, or is another box's.
            try await plan(.restored)
            return true
        }
        contact.noteKnown(known)
        if let lag = contact.takeLag(), lag.epoch == known.epoch, lag.seq < known.seq {
            try await rewind(to: lag, &known)
            return true
        }
        let batch = try await store.batch(after: known, incarnation: incarnation, sentAt: wallClock.now)
        guard let batch else { return false }
        switch try await centre.push(batch) {
        case .acknowledged(let point): try await settle(point, &known, lastSeq: position.lastSeq)
        case .refused(.unknownEpoch, _): try await plan(.unknownEpoch)
        case .refused(.fork, _): try await plan(.forked)
        case .refused(.gap, let point): try await rewind(to: point, &known)
        }
        contact.noteAnswer()
        contact.noteKnown(known)
        contact.noteUnsynced(max(0, position.lastSeq - known.seq))
        return true
    }

    private func settle(_ point: SyncPoint, _ known: inout SyncPoint, lastSeq: Int64) async throws {
        // The centre has more than this box ever sent: the database was put back, or a twin of it writes too. What was sold
        // while the batch was put together is in it, and not in what was known before.
        if point.seq > lastSeq, try await store.position().lastSeq < point.seq { return try await plan(.restored) }
        guard try await store.holds(point) else { return try await plan(.forked) }
        known = point
    }

    /// The centre lacks what it had: it was put back. What it lacks goes up again.
    private func rewind(to point: SyncPoint?, _ known: inout SyncPoint) async throws {
        guard let point, try await store.holds(point) else { return try await plan(.forked) }
        logger.warning(
            "the centre lost events and gets them again",
            metadata: ["from_seq": "\(point.seq + 1)", "known_seq": "\(known.seq)"]
        )
        known = point
        try await store.acknowledge(point)
    }

    private func plan(_ reason: EpochRequest.Reason) async throws {
        // What was sold by card since that state is not in it either, and its age nobody can tell any more.
        if reason == .restored { try await RestorationStore(database: store.database).begin(since: nil) }
        let request = try await store.plan(reason)
        logger.error(
            "the box's history goes on in a new epoch",
            metadata: ["reason": "\(request.reason.rawValue)", "incarnation": "\(request.incarnation)"]
        )
    }

    private func open(_ request: EpochRequest) async throws -> SyncPoint {
        let epoch = try await centre.openEpoch(request)
        try await store.begin(
            epoch: epoch,
            incarnation: request.incarnation,
            boxID: credential.boxID,
            site: credential.site
        )
        return .beginning(of: epoch)
    }
}
