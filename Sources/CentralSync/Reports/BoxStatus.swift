import Shared

/// How each box stands, in columns that reports can look through for thousands of boxes; the whole report is in `box`.
enum BoxStatus {
    /// A box's clock that is this far behind ours or less says when the report was made; any other is wrong.
    private static let believedLag = Duration.seconds(60)

    /// A new box has sold nothing yet: all of it is here.
    static func insert(_ box: Box, at time: Timestamp, in session: any SQLSession) throws {
        try session.execute(
            """
            INSERT INTO box_status (empresa_id, box_id, site_id, last_seen_at_ms, complete_until_ms, unsynced_events,
                purchases_in_doubt, purchases_for_attention, routers_away, is_refusing)
            VALUES ($1, $2, $3, $4, $4, 0, 0, 0, 0, 0)
            """,
            [.text(box.empresaID), .text(box.boxID), .text(box.siteID), .integer(time.milliseconds)]
        )
    }

    /// Keeps what a poll says. A box that has nothing left to send is complete up to when it said so.
    static func note(_ poll: SyncPoll.Request, of box: Box, at time: Timestamp, in session: any SQLSession) throws {
        let report = poll.report
        let isBelieved = poll.sentAt < time && time - poll.sentAt <= believedLag
        try session.execute(
            """
            UPDATE box_status SET last_seen_at_ms = $3, unsynced_events = $4, purchases_in_doubt = $5,
                purchases_for_attention = $6, routers_away = $7, is_refusing = $8
            WHERE empresa_id = $1 AND box_id = $2
            """,
            [
                .text(box.empresaID), .text(box.boxID), .integer(time.milliseconds), .integer(report.unsyncedEvents),
                .integer(report.purchasesInDoubt), .integer(report.purchasesForAttention),
                .integer(Int64(report.routers.count { !$0.isConnected })), SQLValue(poll.refusal != nil),
            ]
        )
        guard report.unsyncedEvents == 0 else { return }
        try session.execute(
            """
            UPDATE box_status SET complete_until_ms = $3
            WHERE empresa_id = $1 AND box_id = $2 AND complete_until_ms < $3 AND awaits_resend = 0
            """,
            [
                .text(box.empresaID), .text(box.boxID),
                .integer((isBelieved ? poll.sentAt : time).milliseconds),
            ]
        )
    }

    /// An event of the box is here, and all before it. What was once complete stays so.
    static func complete(_ box: Box, until time: Timestamp, in session: any SQLSession) throws {
        try session.execute(
            """
            UPDATE box_status SET awaits_resend = 0,
                complete_until_ms = CASE WHEN complete_until_ms < $3 THEN $3 ELSE complete_until_ms END
            WHERE empresa_id = $1 AND box_id = $2 AND (complete_until_ms < $3 OR awaits_resend = 1)
            """,
            [.text(box.empresaID), .text(box.boxID), .integer(time.milliseconds)]
        )
    }

    /// The centre fell back to a backup. A box that says it has nothing to send means what the lost centre had: it is not
    /// believed before it has sent something to this one.
    static func awaitResend(in session: any SQLSession) throws {
        try session.execute("UPDATE box_status SET awaits_resend = 1")
    }
}
