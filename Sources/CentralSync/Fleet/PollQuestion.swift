import Logging
import ServerKit
import Shared

/// What a box that waits wants to know: as little of its poll as is needed to answer it later.
struct PollQuestion: Sendable {
    let box: Box
    let appliedVersion: Int64
    let position: SyncPoint?

    /// What there is to say now.
    ///
    /// - Throws: `APIError` 403 for a box that was blocked meanwhile; ``CentralDatabaseError``.
    func news(at centre: Centre) async throws -> SyncPoll.Reply {
        let now = centre.wallClock.now
        let snapshots = centre.snapshots
        return try await centre.database.read { session in
            guard try !BoxStore.isBlocked(box, in: session) else { throw APIError.boxBlocked }
            return SyncPoll.Reply(
                serverTime: now,
                snapshot: try snapshots.snapshot(of: box, newerThan: appliedVersion, at: now, in: session),
                commands: try CommandStore.pending(for: box, at: now, in: session),
                acknowledged: try position.flatMap { try BoxStore.lag(behind: $0, of: box, in: session) }
            )
        }
    }

    /// Waits until there is something to say or the time is over.
    ///
    /// The answer has begun, so there is no other way to say no any more: whatever fails, the box comes back later and is
    /// told by the status of that answer.
    func answer(to ticket: WaitTicket, at centre: Centre) async -> SyncPoll.Reply {
        while true {
            await ticket.wait()
            if centre.waiters.isClosed { return later(centre) }
            do {
                let news = try await news(at: centre)
                if !news.isEmpty || ticket.isOver || Task.isCancelled { return news }
            } catch {
                centre.logger.info(
                    "a box that waited is sent away",
                    metadata: ["box": "\(box.boxID)", "error": "\(error)"]
                )
                return later(centre)
            }
        }
    }

    private func later(_ centre: Centre) -> SyncPoll.Reply {
        SyncPoll.Reply(
            serverTime: centre.wallClock.now,
            snapshot: nil,
            commands: [],
            retryAfterSeconds: centre.waiters.pauseSeconds
        )
    }
}
