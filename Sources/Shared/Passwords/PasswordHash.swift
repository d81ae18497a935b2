/// A password or a PIN as it is stored, with all it takes to check it: `$scrypt$ln=15,r=8,p=3$salt$hash`, base 64 without padding.
public struct PasswordHash: Sendable, Equatable {
    public let parameters: ScryptParameters
    public let salt: [UInt8]
    public let digest: [UInt8]

    public init(parameters: ScryptParameters, salt: [UInt8], digest: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.digest = digest
    }

    /// Nil for what is not such a text, or would cost too much to check.
    public init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let parameters = Self.parameters(parts[2]),
            let salt = Base64URL.decode(parts[3]), let digest = Base64URL.decode(parts[4]), salt.count >= 16,
            digest.count == 32
        else { return nil }
        self.init(parameters: parameters, salt: salt, digest: digest)
    }

    /// What is stored.
    public var text: String {
        let cost = "ln=\(parameters.log2Rounds),r=\(parameters.blockSize),p=\(parameters.parallelism)"
        return "$scrypt$\(cost)$\(Base64URL.encode(salt))$\(Base64URL.encode(digest))"
    }

    private static func parameters(_ text: Substring) -> ScryptParameters? {
        let members = text.split(separator: ",", omittingEmptySubsequences: false)
        guard members.count == 3, members[0].hasPrefix("ln="), members[1].hasPrefix("r="), members[2].hasPrefix("p="),
            let log2Rounds = Int(members[0].dropFirst(3)), let blockSize = Int(members[1].dropFirst(2)),
            let parallelism = Int(members[2].dropFirst(2))
        else { return nil }
        let parameters = ScryptParameters(log2Rounds: log2Rounds, blockSize: blockSize, parallelism: parallelism)
        return parameters.isBearable ? parameters : nil
    }
}

extension PasswordHash: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let hash = PasswordHash(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a hash of scrypt")
        }
        self = hash
    }
}
