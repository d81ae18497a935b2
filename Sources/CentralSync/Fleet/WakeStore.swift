import Shared

/// Who has to be told that something changed, whichever centre they talk to.
///
/// A row for each change, read by every centre a few times a second. Not `LISTEN`/`NOTIFY`, which SQLite and the
/// PostgreSQL-compatible clusters do not have; and not "rows after the last number", because numbers become visible out
/// of order (reference `reliability.md` §3.5): the last ten seconds are read each time, and what was seen is remembered.
enum WakeStore {
    static let window = Duration.seconds(10)

    enum Target: Sendable, Hashable {
        /// All boxes of an empresa.
        case empresa(String)
        /// The boxes of a site: a new document, or a command.
        case site(String, empresaID: String)
        /// Who waits for what came of a command.
        case command(String)
    }

    static func add(_ target: Target, at time: Timestamp, in session: any SQLSession) throws {
        let (empresaID, siteID, commandID): (String, String?, String?) =
            switch target {
            case .empresa(let id): (id, nil, nil)
            case .site(let id, let empresaID): (empresaID, id, nil)
            case .command(let id): ("", nil, id)
            }
        try session.execute(
            "INSERT INTO wake (wake_id, empresa_id, site_id, command_id, created_at_ms) VALUES ($1, $2, $3, $4, $5)",
            [
                .text(RecordID.random("wak")), .text(empresaID), SQLValue(siteID), SQLValue(commandID),
                .integer(time.milliseconds),
            ]
        )
    }

    /// The wakes of the last seconds, by their ids.
    static func recent(at time: Timestamp, in session: any SQLSession) throws -> [String: Target] {
        let rows = try session.query(
            "SELECT wake_id, empresa_id, site_id, command_id FROM wake WHERE created_at_ms > $1",
            [.integer((time - window).milliseconds)]
        )
        var wakes: [String: Target] = [:]
        for row in rows {
            let empresaID = try row.text("empresa_id")
            wakes[try row.text("wake_id")] =
                if let commandID = try row.optionalText("command_id") {
                    .command(commandID)
                } else if let siteID = try row.optionalText("site_id") {
                    .site(siteID, empresaID: empresaID)
                } else {
                    .empresa(empresaID)
                }
        }
        return wakes
    }

    static func prune(at time: Timestamp, in session: any SQLSession) throws {
        try session.execute("DELETE FROM wake WHERE created_at_ms < $1", [.integer((time - .seconds(60)).milliseconds)])
    }
}
