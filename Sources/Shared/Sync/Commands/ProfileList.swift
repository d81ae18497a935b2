/// A router's hotspot user profiles: the answer of ``BoxCommand/Kind/readProfiles``.
public struct ProfileList: Sendable, Equatable, Codable {
    public struct Profile: Sendable, Equatable, Codable {
        public let name: String
        /// As the router writes it: `2M/5M`; nil for none.
        public let rateLimit: String?
        /// How many devices one ficha serves at a time; nil for any number.
        public let sharedUsers: Int64?
        /// Seconds; nil for none.
        public let sessionTimeoutSeconds: Int64?

        public init(name: String, rateLimit: String?, sharedUsers: Int64?, sessionTimeoutSeconds: Int64?) {
            self.name = name
            self.rateLimit = rateLimit
            self.sharedUsers = sharedUsers
            self.sessionTimeoutSeconds = sessionTimeoutSeconds
        }

        enum CodingKeys: String, CodingKey {
            case name
            case rateLimit = "rate_limit"
            case sharedUsers = "shared_users"
            case sessionTimeoutSeconds = "session_timeout_seconds"
        }
    }

    public let profiles: [Profile]

    public init(profiles: [Profile]) {
        self.profiles = profiles
    }
}
