/// Why a box did not do a command: the `answer` of a result that is not done.
public struct CommandFailure: Error, Sendable, Equatable, Codable {
    /// What programs branch on. Others than these may come from later versions.
    public enum Code {
        public static let unknownCommand = "unknown_command"
        /// The box's document has no such router, or the arguments say none.
        public static let routerUnknown = "router_unknown"
        /// The router did not answer, or refused the box's login.
        public static let routerAway = "router_away"
        /// The router answered with an error.
        public static let routerRefused = "router_refused"
    }

    public let code: String
    /// Spanish, for a person; no secret in it.
    public let message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
