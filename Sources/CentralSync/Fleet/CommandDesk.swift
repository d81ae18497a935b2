import FoundationEssentials
import Shared

/// Has a box do something now, and waits for what comes of it.
struct CommandDesk: Sendable {
    let database: any CentralDatabase
    let waiters: Waiters
    let wallClock: WallClock
    var clock: any Clock<Duration> = ContinuousClock()

    /// - Returns: Nil when the box did not answer in time.
    /// - Throws: ``CentralDatabaseError``.
    func run(
        _ kind: String,
        _ arguments: JSONValue,
        at box: Box,
        within limit: Duration
    ) async throws -> CommandResult? {
        let now = wallClock.now
        let command = BoxCommand(
            id: RecordID.random("cmd"),
            kind: kind,
            arguments: arguments,
            expiresAt: now + limit
        )
        return try await waiters.withTicket(for: [.command(command.id)]) { ticket in
            try await database.write { try CommandStore.insert(command, for: box, at: now, in: $0) }
            let clock = clock
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await ticket.wait() }
                group.addTask { try? await clock.sleep(for: limit) }
                await group.next()
                group.cancelAll()
            }
            return try await database.read { try CommandStore.result(command.id, of: box, in: $0) }
        }
    }
}
