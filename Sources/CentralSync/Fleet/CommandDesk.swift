import FoundationEssentials
import Shared

/// Has a box do something now, and waits for what comes of it.
struct CommandDesk: Sendable {
    let database: any CentralDatabase
    let waiters: Waiters
    let wallClock: WallClock

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
        let ticket = waiters.ticket(for: [.command(command.id)], within: limit)
        try await database.write { try CommandStore.insert(command, for: box, at: now, in: $0) }
        while true {
            await ticket.wait()
            let result = try await database.read { try CommandStore.result(command.id, of: box, in: $0) }
            if result != nil || ticket.isOver || waiters.isClosed || Task.isCancelled { return result }
        }
    }
}
