import Logging
import ServiceLifecycle
import Shared

/// Reads who has to be told, a few times a second, and tells those who wait at this centre; also that their time is over.
struct WakeRunner: Service {
    private static let interval = Duration.milliseconds(250)
    private static let pruneEvery = 200
    private static let turnsPerExpiry = 4

    let database: any CentralDatabase
    let waiters: Waiters
    let wallClock: WallClock
    var clock: any Clock<Duration> = ContinuousClock()
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var seen: Set<String> = []
            var turn = 0
            while !Task.isCancelled {
                turn += 1
                await look(&seen, prunes: turn % Self.pruneEvery == 0)
                // Ten thousand may wait: nobody minds a second more.
                if turn % Self.turnsPerExpiry == 0 { waiters.expire() }
                try? await clock.sleep(for: Self.interval)
            }
        }
        waiters.close()
    }

    /// One look. A database that is away is no news here: those who wait come back by themselves.
    private func look(_ seen: inout Set<String>, prunes: Bool) async {
        let now = wallClock.now
        do {
            let recent = try await database.read { try WakeStore.recent(at: now, in: $0) }
            for (id, target) in recent where !seen.contains(id) { waiters.wake(target) }
            seen = Set(recent.keys)
            guard prunes else { return }
            try await database.write { session in
                try WakeStore.prune(at: now, in: session)
                try CommandStore.prune(at: now, in: session)
            }
        } catch {
            logger.warning("the wakes could not be read", metadata: ["error": "\(error)"])
        }
    }
}
