import Shared

/// How the boxes stand whose sales a report shows.
struct BoxSummary: Sendable, Equatable, Encodable {
    enum Problem: String, Sendable, Encodable, CaseIterable {
        /// Not heard of for ``Box/awayAfter``.
        case away
        /// Its history split: another box, or a restored copy, sends under its name.
        case forked
        /// A person shut it out.
        case blocked
        /// It has purchases whose payment is not certain.
        case inDoubt = "purchases_in_doubt"
        /// It has purchases that wait for a person.
        case forAttention = "purchases_for_attention"
        case routerAway = "router_away"
        /// It does not take the configuration offered.
        case refusing
    }

    struct Trouble: Sendable, Equatable, Encodable {
        let empresaID: String
        let siteID: String
        let siteName: String
        let boxID: String
        let lastSeenAt: Timestamp
        let completeUntil: Timestamp
        let unsyncedEvents: Int64
        let problems: [Problem]

        enum CodingKeys: String, CodingKey {
            case problems
            case empresaID = "empresa_id"
            case siteID = "site_id"
            case siteName = "site_name"
            case boxID = "box_id"
            case lastSeenAt = "last_seen_at"
            case completeUntil = "complete_until"
            case unsyncedEvents = "unsynced_events"
        }
    }

    let count: Int64
    let awayCount: Int64
    /// Those with problems, who was away longest first; at most ``DashboardStore/lineLimit``.
    let inTrouble: [Trouble]

    enum CodingKeys: String, CodingKey {
        case count
        case awayCount = "away_count"
        case inTrouble = "in_trouble"
    }
}
