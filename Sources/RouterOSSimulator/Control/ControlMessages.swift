import RouterOS
import Shared

/// The bodies the control port takes and gives, in snake_case on the wire.
enum ControlMessages {
    struct Status: Codable {
        var version: String
        var routerosPort: Int
        var now: Timestamp
    }

    struct Advance: Codable {
        var seconds: Double
    }

    struct Traffic: Codable {
        var bytesIn: UInt64
        var bytesOut: UInt64
    }

    struct SignIn: Codable {
        var user: String
        var password: String
    }

    struct SignedIn: Codable {
        /// What the login page says; nil is success.
        var error: String?
    }

    struct Latency: Codable {
        var milliseconds: Double
    }

    struct MaxSessions: Codable {
        var count: Int
    }

    /// A command for the router's console.
    struct Console: Codable {
        var words: [String]
        /// Each character is one byte, as WinBox writes comments, instead of UTF-8.
        var latin1: Bool?

        var sentence: Sentence {
            guard latin1 == true else { return Sentence(words.map { Word($0) }) }
            return Sentence(
                words.map { Word(bytes: $0.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }) }
            )
        }
    }

    struct ConsoleReplies: Codable {
        var replies: [[String]]
    }
}
