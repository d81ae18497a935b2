import Shared

/// A reseller's account as it is answered: what they owe in all, and at each site.
struct ResellerAccountBody: Encodable, Sendable {
    struct Balance: Encodable, Sendable {
        let currency: String
        /// Negative for a credit.
        let balanceCents: Int64

        enum CodingKeys: String, CodingKey {
            case currency
            case balanceCents = "balance_cents"
        }
    }

    struct Site: Encodable, Sendable {
        let siteID: String
        let siteName: String
        let currency: String
        let balanceCents: Int64
        /// When its box was heard of last: what happened since is not in here.
        let lastSeenAt: Timestamp?
        let lines: [ResellerAccountLine]

        enum CodingKeys: String, CodingKey {
            case currency, lines
            case siteID = "site_id"
            case siteName = "site_name"
            case balanceCents = "balance_cents"
            case lastSeenAt = "last_seen_at"
        }
    }

    let resellerID: String
    let name: String
    let balances: [Balance]
    let sites: [Site]
    let cortes: [ResellerCorteBody]

    enum CodingKeys: String, CodingKey {
        case name, balances, sites, cortes
        case resellerID = "reseller_id"
    }
}
