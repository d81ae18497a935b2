/// Something a person at the centre wants the box to do now.
public struct BoxCommand: Sendable, Equatable, Codable {
    /// The kinds this version knows, all with ``RouterArguments``. A box answers the others with `unknown_command`.
    public enum Kind {
        /// Reach a router and tell what it is and what is missing: answered with ``ConnectionTest``.
        public static let testConnection = "test_connection"
        /// Read a router's hotspot user profiles: answered with ``ProfileList``.
        public static let readProfiles = "read_profiles"
    }

    public let id: String
    public let kind: String
    public let arguments: JSONValue
    /// Not begun after this.
    public let expiresAt: Timestamp

    public init(id: String, kind: String, arguments: JSONValue, expiresAt: Timestamp) {
        self.id = id
        self.kind = kind
        self.arguments = arguments
        self.expiresAt = expiresAt
    }

    enum CodingKeys: String, CodingKey {
        case id, kind, arguments
        case expiresAt = "expires_at"
    }
}

/// What came of a command.
public struct CommandResult: Sendable, Equatable, Codable {
    public let commandID: String
    public let isDone: Bool
    /// What was asked for when it is done, else ``CommandFailure``.
    public let answer: JSONValue

    public init(commandID: String, isDone: Bool, answer: JSONValue) {
        self.commandID = commandID
        self.isDone = isDone
        self.answer = answer
    }

    /// A command that was done.
    ///
    /// - Throws: What encoding the answer throws.
    public init(_ command: BoxCommand, answer: some Encodable) throws {
        self.init(commandID: command.id, isDone: true, answer: try JSONValue(encoding: answer))
    }

    /// A command that could not be done.
    public init(_ command: BoxCommand, failure: CommandFailure) {
        let answer = JSONValue.object(["code": .string(failure.code), "message": .string(failure.message)])
        self.init(commandID: command.id, isDone: false, answer: answer)
    }

    enum CodingKeys: String, CodingKey {
        case answer
        case commandID = "command_id"
        case isDone = "done"
    }
}
