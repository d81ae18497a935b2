import ServerKit
import Shared

/// How the boxes stand whose sales a report shows.
struct BoxSummary: Sendable, Equatable {
    enum Problem: String, Sendable, CaseIterable {
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

    struct Trouble: Sendable, Equatable {
        let empresaID: String
        let siteID: String
        let siteName: String
        let boxID: String
        let lastSeenAt: Timestamp
        let completeUntil: Timestamp
        let unsyncedEvents: Int64
        let problems: [Problem]

        /// An object.
        func write(to text: inout JSONText) {
            text.object { text in
                text.member("empresa_id", empresaID)
                text.member("site_id", siteID)
                text.member("site_name", siteName)
                text.member("box_id", boxID)
                text.member("last_seen_at", lastSeenAt.rfc3339)
                text.member("complete_until", completeUntil.rfc3339)
                text.member("unsynced_events", unsyncedEvents)
                text.name("problems")
                text.array(problems) { $0.string($1.rawValue) }
            }
        }
    }

    let count: Int64
    let awayCount: Int64
    /// Those with problems, who was away longest first; at most ``DashboardStore/lineLimit``.
    let inTrouble: [Trouble]

    /// An object.
    func write(to text: inout JSONText) {
        text.object { text in
            text.member("count", count)
            text.member("away_count", awayCount)
            text.name("in_trouble")
            text.array(inTrouble) { $1.write(to: &$0) }
        }
    }
}
