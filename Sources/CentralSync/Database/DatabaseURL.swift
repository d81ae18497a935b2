import FoundationEssentials
import Shared

/// Where the centre's data are.
enum DatabaseURL: Sendable, Equatable {
    /// A file of this machine: an absolute path.
    case sqlite(path: String)
    /// The whole text: it may hold a password.
    case postgresql(Secret<String>)

    /// Reads `sqlite:///PATH` (an absolute path, with three slashes or four) and `postgresql://…` or `postgres://…`.
    init?(_ text: String) {
        if text.hasPrefix("sqlite:///") {
            let path = "/" + text.dropFirst("sqlite:///".count).drop { $0 == "/" }
            guard path != "/", !path.hasSuffix("/"), !path.contains("?") else { return nil }
            self = .sqlite(path: path)
        } else if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            guard URL(string: text) != nil else { return nil }
            self = .postgresql(Secret(text))
        } else {
            return nil
        }
    }
}
