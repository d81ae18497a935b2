extension SiteSnapshot {
    /// A MikroTik with its hotspot, how to reach it, and the keys that name it.
    public struct Router: Sendable, Equatable, Decodable {
        public let id: String
        public let name: String
        public let api: API
        /// The hotspot server to sell on, by its name on the router; all of them when absent.
        public let hotspotServer: String?
        /// The keys that portals of this router may show. A revoked key is simply not here any more.
        public let apiKeys: [APIKey]

        enum CodingKeys: String, CodingKey {
            case id, name, api
            case hotspotServer = "hotspot_server"
            case apiKeys = "api_keys"
        }

        /// Where the router's API listens and as whom the box logs in.
        public struct API: Sendable, Equatable, Decodable {
            public let host: String
            public let port: Int
            public let username: String
            public let password: Secret<String>
            /// SHA-256 of the router's certificate (DER). Present: TLS with exactly that certificate. Absent: no TLS.
            public let certificateSHA256: SHA256Digest?

            enum CodingKeys: String, CodingKey {
                case host, port, username, password
                case certificateSHA256 = "certificate_sha256"
            }
        }

        /// A key a box can recognise without being able to make one: it holds the digest only.
        public struct APIKey: Sendable, Equatable, Codable {
            public let id: String
            /// SHA-256 of the whole key as it stands in `X-API-Key`, `jwt_` included.
            public let sha256: SHA256Digest
            public let expiresAt: Timestamp

            enum CodingKeys: String, CodingKey {
                case id, sha256
                case expiresAt = "expires_at"
            }
        }
    }
}
