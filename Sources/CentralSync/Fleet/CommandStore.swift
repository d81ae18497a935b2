import FoundationEssentials
import Shared

/// The commands for boxes and what came of them.
enum CommandStore {
    /// Gives a box something to do, and has it woken.
    static func insert(
        _ command: BoxCommand,
        for box: Box,
        at time: Timestamp,
        in session: any SQLSession
    ) throws {
        let arguments = String(decoding: try JSONEncoder().encode(command.arguments), as: UTF8.self)
        try session.execute(
            """
            INSERT INTO command (empresa_id, box_id, command_id, kind, arguments, created_at_ms, expires_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .text(box.empresaID), .text(box.boxID), .text(command.id), .text(command.kind), .text(arguments),
                .integer(time.milliseconds), .integer(command.expiresAt.milliseconds),
            ]
        )
        try WakeStore.add(.site(box.siteID, empresaID: box.empresaID), at: time, in: session)
    }

    /// What a box has not answered yet and may still begin. A command may be handed out twice; none of ours minds.
    static func pending(for box: Box, at time: Timestamp, in session: any SQLSession) throws -> [BoxCommand] {
        try session.query(
            """
            SELECT command_id, kind, arguments, expires_at_ms FROM command
            WHERE empresa_id = $1 AND box_id = $2 AND answered_at_ms IS NULL AND expires_at_ms > $3
            ORDER BY created_at_ms LIMIT 20
            """,
            [.text(box.empresaID), .text(box.boxID), .integer(time.milliseconds)]
        ).map { row in
            BoxCommand(
                id: try row.text("command_id"),
                kind: try row.text("kind"),
                arguments: try JSONDecoder().decode(JSONValue.self, from: Data(try row.text("arguments").utf8)),
                expiresAt: Timestamp(milliseconds: try row.integer("expires_at_ms"))
            )
        }
    }

    /// Keeps what came of a command, and has whoever waits for it woken. The first answer counts.
    static func answer(
        _ result: CommandResult,
        from box: Box,
        at time: Timestamp,
        in session: any SQLSession
    ) throws {
        let answer = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
        let changed = try session.execute(
            """
            UPDATE command SET answered_at_ms = $4, answer = $5
            WHERE empresa_id = $1 AND box_id = $2 AND command_id = $3 AND answered_at_ms IS NULL
            """,
            [
                .text(box.empresaID), .text(box.boxID), .text(result.commandID), .integer(time.milliseconds),
                .text(answer),
            ]
        )
        guard changed > 0 else { return }
        try WakeStore.add(.command(result.commandID), at: time, in: session)
    }

    /// Forgets what nobody waits for any more.
    static func prune(at time: Timestamp, in session: any SQLSession) throws {
        try session.execute(
            "DELETE FROM command WHERE expires_at_ms < $1",
            [.integer((time - .seconds(86_400)).milliseconds)]
        )
    }

    static func result(_ commandID: String, of box: Box, in session: any SQLSession) throws -> CommandResult? {
        let row = try session.first(
            "SELECT answer FROM command WHERE empresa_id = $1 AND box_id = $2 AND command_id = $3",
            [.text(box.empresaID), .text(box.boxID), .text(commandID)]
        )
        guard let text = try row?.optionalText("answer") else { return nil }
        return try JSONDecoder().decode(CommandResult.self, from: Data(text.utf8))
    }
}
