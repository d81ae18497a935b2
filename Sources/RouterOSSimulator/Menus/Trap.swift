import RouterOS

/// A command the router refuses. The texts are the router's own (reference `routeros.md` §3).
struct Trap: Error, Hashable {
    /// The kinds of refusal that carry `=category=` (§1.3).
    enum Category: Int {
        case missingItemOrCommand = 0
        case argumentValue = 1
        case interrupted = 2
    }

    var message: String
    var category: Category?

    init(_ message: String, _ category: Category? = nil) {
        self.message = message
        self.category = category
    }

    static let interrupted = Trap("interrupted", .interrupted)
    static let missingID = Trap("missing =.id=")
    static let noSuchCommand = Trap("no such command", .missingItemOrCommand)
    static let noSuchCommandPrefix = Trap("no such command prefix", .missingItemOrCommand)
    static let notEnoughPermissions = Trap("not enough permissions (9)")
    static let notAllowedByDeviceMode = Trap("failure: not allowed by device-mode")
    static let alreadyHaveUser = Trap("failure: already have user with this name for this server")

    static func noSuchItem(_ version: RouterOSVersion) -> Trap {
        Trap(version.major < 7 ? "no such item (4)" : "no such item", .missingItemOrCommand)
    }

    static func unknownParameter(_ name: String, _ version: RouterOSVersion) -> Trap {
        Trap(version.major < 7 ? "unknown parameter" : "unknown parameter \(name)", .missingItemOrCommand)
    }

    static func missingValue(_ name: String) -> Trap {
        Trap("missing value(s) of argument(s) \(name)", .missingItemOrCommand)
    }

    static func noMatch(_ name: String) -> Trap {
        Trap("input does not match any value of \(name)", .argumentValue)
    }

    static func ambiguous(_ name: String) -> Trap {
        Trap("ambiguous value of \(name), more than one possible value matches input", .argumentValue)
    }

    static func invalidValue(_ name: String) -> Trap {
        Trap("invalid value for argument \(name)", .argumentValue)
    }

    /// The `!trap` sentence as the version writes it: version 6 leaves the category out, except where the text itself
    /// carries a number.
    func sentence(_ version: RouterOSVersion) -> Sentence {
        var reply: Sentence = ["!trap"]
        let isShown = version.trapsCarryCategory || category == .interrupted || message.hasSuffix(" (4)")
        if let category, isShown {
            reply.words.append(Word("=category=\(category.rawValue)"))
        }
        reply.words.append(Word("=message=\(message)"))
        return reply
    }
}
