/// How a box says it stands, with every poll. For people to see; nothing is decided on it.
public struct BoxReport: Sendable, Hashable, Codable {
    public struct Router: Sendable, Hashable, Codable {
        public let id: String
        public let isConnected: Bool

        public init(id: String, isConnected: Bool) {
            self.id = id
            self.isConnected = isConnected
        }

        enum CodingKeys: String, CodingKey {
            case id
            case isConnected = "connected"
        }
    }

    public let softwareVersion: String
    public let startedAt: Timestamp
    /// Events that are not acknowledged yet.
    public let unsyncedEvents: Int64
    /// Purchases whose payment is not certain.
    public let purchasesInDoubt: Int64
    /// Purchases that wait for a person.
    public let purchasesForAttention: Int64
    public let routers: [Router]

    public init(
        softwareVersion: String,
        startedAt: Timestamp,
        unsyncedEvents: Int64,
        purchasesInDoubt: Int64,
        purchasesForAttention: Int64,
        routers: [Router]
    ) {
        self.softwareVersion = softwareVersion
        self.startedAt = startedAt
        self.unsyncedEvents = unsyncedEvents
        self.purchasesInDoubt = purchasesInDoubt
        self.purchasesForAttention = purchasesForAttention
        self.routers = routers
    }

    enum CodingKeys: String, CodingKey {
        case routers
        case softwareVersion = "software_version"
        case startedAt = "started_at"
        case unsyncedEvents = "unsynced_events"
        case purchasesInDoubt = "purchases_in_doubt"
        case purchasesForAttention = "purchases_for_attention"
    }
}
