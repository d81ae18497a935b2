import Logging
import ServerKit
import ServiceLifecycle
import Shared
import Store
import Synchronization

/// Keeps a question open at the centre: what it answers is a newer site document or something to do now.
final class SyncPoller: Service {
    /// Between an answer and the next question: a command under way, say, is handed out again at once.
    private static let pauseAfterAnswer = Duration.milliseconds(250)
    /// A document that was refused is offered again at once, and would be for ever.
    private static let pauseAfterRefusal = Duration.seconds(30)

    private struct State {
        var refusal: String?
        /// Commands that were begun; one may be handed out twice.
        var begun: [String] = []
        /// What could not be told at once.
        var untold: [CommandResult] = []
    }

    private let centre: CentreClient
    private let documents: SiteDocumentStore
    private let site: SiteInForce
    private let commands: CommandRunner
    private let reporter: BoxReporter
    private let contact: CentreContact
    private let pusherBell: Bell
    private let wallClock: WallClock
    private let onServerTime: @Sendable (Timestamp) -> Void
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let state = Mutex(State())

    init(
        centre: CentreClient,
        documents: SiteDocumentStore,
        site: SiteInForce,
        commands: CommandRunner,
        reporter: BoxReporter,
        contact: CentreContact,
        pusherBell: Bell,
        wallClock: WallClock,
        onServerTime: @escaping @Sendable (Timestamp) -> Void,
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) {
        self.centre = centre
        self.documents = documents
        self.site = site
        self.commands = commands
        self.reporter = reporter
        self.contact = contact
        self.pusherBell = pusherBell
        self.wallClock = wallClock
        self.onServerTime = onServerTime
        self.clock = clock
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                var delay = RetryDelay()
                var generator = SystemRandomNumberGenerator()
                // The first answer comes at once and says what was missed.
                var waitSeconds = 0
                while !Task.isCancelled {
                    do {
                        let reply = try await self.poll(waitSeconds: waitSeconds)
                        self.onServerTime(reply.serverTime)
                        waitSeconds = CentreClient.longestWaitSeconds
                        delay.reset()
                        let isRefused = await self.take(reply.snapshot)
                        for command in self.fresh(reply.commands) {
                            group.addTask { await self.carryOut(command) }
                        }
                        if let lag = reply.acknowledged {
                            self.contact.noteLag(lag)
                            self.pusherBell.ring()
                        }
                        try await self.clock.sleep(for: isRefused ? Self.pauseAfterRefusal : Self.pauseAfterAnswer)
                    } catch let failure as CentreFailure {
                        self.note(failure)
                        try? await self.clock.sleep(for: delay.next(after: failure, using: &generator))
                        waitSeconds = 0
                    } catch {
                        guard !Task.isCancelled else { return }
                        self.logger.error("the centre cannot be asked", metadata: ["error": "\(error)"])
                        try? await self.clock.sleep(for: RetryDelay.longest)
                    }
                }
            }
        }
    }

    // MARK: Asking

    private func poll(waitSeconds: Int, telling results: [CommandResult] = []) async throws -> SyncPoll.Reply {
        let (refusal, untold) = state.withLock { ($0.refusal, $0.untold) }
        let reply = try await centre.poll(
            SyncPoll.Request(
                appliedVersion: site.site.snapshot.snapshotVersion,
                refusal: refusal,
                waitSeconds: waitSeconds,
                sentAt: wallClock.now,
                report: try await reporter.report(),
                results: untold + results,
                position: contact.known
            )
        )
        let told = Set(untold.map(\.commandID))
        state.withLock { $0.untold.removeAll { told.contains($0.commandID) } }
        if contact.noteAnswer() {
            logger.info("the centre answers again")
            pusherBell.ring()
        }
        return reply
    }

    private func note(_ failure: CentreFailure) {
        // A centre that stays away is told once, not at every attempt.
        let isNews = contact.noteFailure(failure)
        logger.log(level: isNews ? .warning : .debug, "the centre does not answer", metadata: ["failure": "\(failure)"])
    }

    // MARK: The site document

    /// Puts a newer document into force, once it is on the disk.
    ///
    /// - Returns: Whether it was refused.
    private func take(_ document: SignedSnapshot?) async -> Bool {
        guard let document else { return false }
        do {
            let snapshot = try documents.read(document)
            let version = snapshot.snapshotVersion
            guard version > site.site.snapshot.snapshotVersion else { return false }
            // A document that cannot be shown must not be the one the next start finds.
            let prepared = try site.prepare(snapshot)
            try await documents.save(document, version: version, at: wallClock.now)
            site.activate(prepared)
            state.withLock { $0.refusal = nil }
            logger.notice("a site document is in force", metadata: ["version": "\(version)"])
            return false
        } catch {
            // The one before stays in force; the people at the centre see why.
            state.withLock { $0.refusal = "\(error)" }
            logger.error("a site document was refused", metadata: ["error": "\(error)"])
            return true
        }
    }

    // MARK: Commands

    private func fresh(_ commands: [BoxCommand]) -> [BoxCommand] {
        state.withLock { state in
            let fresh = commands.filter { !state.begun.contains($0.id) && $0.expiresAt > wallClock.now }
            state.begun = (state.begun + fresh.map(\.id)).suffix(200)
            return fresh
        }
    }

    private func carryOut(_ command: BoxCommand) async {
        let result = await commands.run(command)
        // Somebody waits for it at the centre, and the open question may not be answered for a minute.
        if (try? await poll(waitSeconds: 0, telling: [result])) == nil {
            state.withLock { $0.untold.append(result) }
        }
    }
}
