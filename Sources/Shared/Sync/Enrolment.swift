/// How a box comes to belong to a site: a one-time code for a credential of its own.
public enum Enrolment {
    /// The body of `POST /sync/enroll`.
    public struct Request: Sendable, Equatable, Codable {
        /// As the installer typed it.
        public let code: String
        /// What the box calls this run of its history; see ``EpochRequest``.
        public let incarnation: String
        public let softwareVersion: String

        public init(code: String, incarnation: String, softwareVersion: String) {
            self.code = code
            self.incarnation = incarnation
            self.softwareVersion = softwareVersion
        }

        enum CodingKeys: String, CodingKey {
            case code, incarnation
            case softwareVersion = "software_version"
        }
    }

    /// The answer, given once.
    public struct Reply: Sendable, Equatable, Decodable {
        public let empresaID: String
        public let siteID: String
        public let boxID: String
        /// Sent as `Authorization: Bearer …` with everything else a box asks.
        public let credential: Secret<String>
        /// The first epoch of the box's events.
        public let epoch: Int64
        /// Ed25519, 32 bytes, hexadecimal: who signs the site documents of this box.
        public let signingKey: String

        enum CodingKeys: String, CodingKey {
            case credential, epoch
            case empresaID = "empresa_id"
            case siteID = "site_id"
            case boxID = "box_id"
            case signingKey = "signing_key"
        }
    }
}
