/// What a box found when it tried a router: the answer of ``BoxCommand/Kind/testConnection``. A router that cannot be
/// reached is a finding too, not a failure of the command.
public struct ConnectionTest: Sendable, Equatable, Codable {
    /// Something that keeps fichas from being sold there.
    public struct Problem: Sendable, Equatable, Codable {
        /// What is wrong, for programs. Others than these may come from later versions.
        public enum Code {
            /// No connection to the router's API.
            public static let unreachable = "unreachable"
            /// The router refused the user or the password.
            public static let loginRefused = "login_refused"
            /// The certificate is not the one that was pinned.
            public static let certificateMismatch = "certificate_mismatch"
            /// The user may not write, or not use the API.
            public static let missingPermission = "missing_permission"
            /// There is no hotspot server, or not the one the site's document names.
            public static let hotspotServerMissing = "hotspot_server_missing"
            /// A product is sold with a user profile the router does not have.
            public static let profileMissing = "profile_missing"
        }

        public let code: String
        /// Spanish: what is missing and what to do about it.
        public let message: String

        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    public let isReachable: Bool
    /// From a question to its answer over the connection the box has; nil when there was none.
    public let latencyMilliseconds: Int64?
    /// The router's name for itself.
    public let identity: String?
    /// Of RouterOS.
    public let version: String?
    public let boardName: String?
    /// As the router writes it: `p1`, `free`, `4`.
    public let licenseLevel: String?
    /// The names of the hotspot servers that are on.
    public let hotspotServers: [String]
    /// What is missing; empty when fichas can be sold.
    public let problems: [Problem]

    public init(
        isReachable: Bool,
        latencyMilliseconds: Int64? = nil,
        identity: String? = nil,
        version: String? = nil,
        boardName: String? = nil,
        licenseLevel: String? = nil,
        hotspotServers: [String] = [],
        problems: [Problem]
    ) {
        self.isReachable = isReachable
        self.latencyMilliseconds = latencyMilliseconds
        self.identity = identity
        self.version = version
        self.boardName = boardName
        self.licenseLevel = licenseLevel
        self.hotspotServers = hotspotServers
        self.problems = problems
    }

    enum CodingKeys: String, CodingKey {
        case identity, version, problems
        case isReachable = "reachable"
        case latencyMilliseconds = "latency_ms"
        case boardName = "board_name"
        case licenseLevel = "license_level"
        case hotspotServers = "hotspot_servers"
    }
}
