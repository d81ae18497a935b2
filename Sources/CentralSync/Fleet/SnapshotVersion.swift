import Shared

/// The number of a site's document. Whatever changes what the document says raises it and has the boxes woken, in the
/// transaction of the change.
enum SnapshotVersion {
    /// No box has come this far by honest changes; a box that says it has does not decide our numbers.
    private static let maximum: Int64 = 1 << 52

    /// Something changed that one site's document says.
    static func raise(site siteID: String, of empresaID: String, at time: Timestamp, in session: any SQLSession) throws
    {
        try session.execute(
            "UPDATE site SET snapshot_version = snapshot_version + 1 WHERE empresa_id = $1 AND site_id = $2",
            [.text(empresaID), .text(siteID)]
        )
        try WakeStore.add(.site(siteID, empresaID: empresaID), at: time, in: session)
    }

    /// Something changed that the documents of all sites of an empresa say.
    static func raiseAll(of empresaID: String, at time: Timestamp, in session: any SQLSession) throws {
        try session.execute(
            "UPDATE site SET snapshot_version = snapshot_version + 1 WHERE empresa_id = $1",
            [.text(empresaID)]
        )
        try WakeStore.add(.empresa(empresaID), at: time, in: session)
    }

    /// Something changed that the documents of some routers' sites say, before the change or after it.
    ///
    /// - Parameter routers: None at all stands for all of the empresa.
    static func raise(
        routers: [[String]],
        of empresaID: String,
        at time: Timestamp,
        in session: any SQLSession
    ) throws {
        guard routers.allSatisfy({ !$0.isEmpty }) else { return try raiseAll(of: empresaID, at: time, in: session) }
        let sites = try routers.joined().compactMap { try RouterStore(session).find($0, of: empresaID)?.siteID }
        for siteID in Set(sites).sorted() { try raise(site: siteID, of: empresaID, at: time, in: session) }
    }

    /// Goes beyond a version that a box has.
    static func overtake(_ version: Int64, of box: Box, at time: Timestamp, in session: any SQLSession) throws {
        guard version < maximum else { return }
        let changed = try session.execute(
            """
            UPDATE site SET snapshot_version = $3
            WHERE empresa_id = $1 AND site_id = $2 AND snapshot_version < $3 - 1
            """,
            [.text(box.empresaID), .text(box.siteID), .integer(version + 1)]
        )
        guard changed > 0 else { return }
        try WakeStore.add(.site(box.siteID, empresaID: box.empresaID), at: time, in: session)
    }
}
