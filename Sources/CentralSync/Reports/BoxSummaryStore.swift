import Shared

/// Reads how boxes stand, within one transaction.
struct BoxSummaryStore {
    /// The boxes of an empresa, or of all.
    struct Group {
        let count: Int64
        let awayCount: Int64
        /// Of the box that is furthest behind.
        let completeUntil: Timestamp
    }

    let session: any SQLSession
    let scope: ReportScope
    let now: Timestamp

    private var awayBefore: SQLValue { .integer((now - Box.awayAfter).milliseconds) }

    /// Of what comes after the scope's arguments.
    private var place: Int { scope.arguments.count + 1 }

    /// By empresa. A box that a person shut out holds no figure back: it may say nothing any more.
    func groups() throws -> [String: Group] {
        let rows = try session.query(
            """
            SELECT empresa_id, COUNT(*) AS boxes, MIN(complete_until_ms) AS complete_until_ms,
                CAST(SUM(CASE WHEN last_seen_at_ms < $\(place) THEN 1 ELSE 0 END) AS BIGINT) AS boxes_away
            FROM box_status
            WHERE \(scope.condition("empresa_id")) AND box_id NOT IN (SELECT box_id FROM box WHERE is_blocked = 1)
            GROUP BY empresa_id
            """,
            scope.arguments + [awayBefore]
        )
        return try rows.reduce(into: [:]) { groups, row in
            groups[try row.text("empresa_id")] = Group(
                count: try row.integer("boxes"),
                awayCount: try row.integer("boxes_away"),
                completeUntil: Timestamp(milliseconds: try row.integer("complete_until_ms"))
            )
        }
    }

    func inTrouble(limit: Int64) throws -> [BoxSummary.Trouble] {
        let rows = try session.query(
            """
            SELECT found.*, site.name AS site_name
            FROM (
                SELECT box_status.*,
                    CASE WHEN last_seen_at_ms < $\(place) THEN 1 ELSE 0 END AS is_away,
                    CASE WHEN box_id IN (SELECT box_id FROM box WHERE is_forked = 1) THEN 1 ELSE 0 END AS is_forked,
                    CASE WHEN box_id IN (SELECT box_id FROM box WHERE is_blocked = 1) THEN 1 ELSE 0 END AS is_blocked
                FROM box_status WHERE \(scope.condition("empresa_id"))
            ) AS found
            JOIN site ON site.empresa_id = found.empresa_id AND site.site_id = found.site_id
            WHERE is_away = 1 OR is_forked = 1 OR is_blocked = 1 OR is_refusing = 1 OR purchases_in_doubt > 0
                OR purchases_for_attention > 0 OR routers_away > 0
            ORDER BY last_seen_at_ms, found.box_id LIMIT $\(place + 1)
            """,
            scope.arguments + [awayBefore, .integer(limit)]
        )
        return try rows.map { row in
            BoxSummary.Trouble(
                empresaID: try row.text("empresa_id"),
                siteID: try row.text("site_id"),
                siteName: try row.text("site_name"),
                boxID: try row.text("box_id"),
                lastSeenAt: Timestamp(milliseconds: try row.integer("last_seen_at_ms")),
                completeUntil: Timestamp(milliseconds: try row.integer("complete_until_ms")),
                unsyncedEvents: try row.integer("unsynced_events"),
                problems: try BoxSummary.Problem.allCases.filter { try row.integer(Self.column(of: $0)) > 0 }
            )
        }
    }

    private static func column(of problem: BoxSummary.Problem) -> String {
        switch problem {
        case .away: "is_away"
        case .forked: "is_forked"
        case .blocked: "is_blocked"
        case .inDoubt: "purchases_in_doubt"
        case .forAttention: "purchases_for_attention"
        case .routerAway: "routers_away"
        case .refusing: "is_refusing"
        }
    }
}
