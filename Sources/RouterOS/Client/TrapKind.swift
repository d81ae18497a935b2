/// What a trap's message means, by the texts seen on RouterOS 6 and 7 (reference `routeros.md` §3).
///
/// Routers leave the category out or number it differently between versions, so the text decides, in any case of
/// letters and with or without the number RouterOS 6 appends.
public enum TrapKind: Hashable, Sendable {
    /// A hotspot user of that name exists on that server.
    case alreadyHaveUser
    /// The named profile is not on the router. (`profile` may be a user or a server profile.)
    case unknownProfile
    /// Another value is none of those the router knows: a server, an interface.
    case unknownValue
    /// A name that is a prefix of several.
    case ambiguousValue
    /// A value in the wrong form: a time, an address.
    case invalidValue
    /// The row is gone.
    case noSuchItem
    /// The menu or command is not on this router: the hotspot package is off, or the version is another.
    case noSuchCommand
    /// This version does not know the attribute.
    case unknownParameter
    /// Our group on the router lacks a policy.
    case notEnoughPermissions
    /// Device mode forbids it; somebody must unlock it at the router.
    case notAllowedByDeviceMode
    /// The hotspot has no host of that IP address.
    case unknownHost
    /// The host of that IP address has another hardware address.
    case wrongMAC
    /// The user has used up the online time.
    case uptimeLimitReached
    /// The user has used up the bytes.
    case trafficLimitReached
    /// The user already has as many sessions as the profile allows.
    case noMoreSessions
    /// The hotspot does not know the user, or the password is another.
    case invalidCredentials
    /// The user is locked to another hardware address.
    case macNotAllowed
    /// Another login of the same host is under way, or RADIUS does not answer.
    case retryLater
    /// The router's licence allows no more active users.
    case licenseLimit
    /// None of the above; show the message.
    case other

    /// In order: the first text that is contained decides, so the narrower stand before the wider.
    private static let texts: [(text: String, kind: TrapKind)] = [
        ("already have user", .alreadyHaveUser),
        ("ambiguous value", .ambiguousValue),
        ("does not match any value of profile", .unknownProfile),
        ("does not match any value of", .unknownValue),
        ("no such item", .noSuchItem),
        ("no such command", .noSuchCommand),
        ("unknown parameter", .unknownParameter),
        ("not enough permissions", .notEnoughPermissions),
        ("not allowed by device-mode", .notAllowedByDeviceMode),
        ("unknown host ip", .unknownHost),
        ("wrong mac provided", .wrongMAC),
        ("uptime limit", .uptimeLimitReached),
        ("traffic limit", .trafficLimitReached),
        ("no more sessions", .noMoreSessions),
        ("invalid username or password", .invalidCredentials),
        ("invalid password", .invalidCredentials),
        ("not allowed to log in from this mac", .macNotAllowed),
        ("mac address is not yours", .macNotAllowed),
        ("already authorizing", .retryLater),
        ("radius server is not responding", .retryLater),
        ("session limit reached", .licenseLimit),
        ("invalid value", .invalidValue),
        ("invalid time value", .invalidValue),
    ]

    init(message: String) {
        let message = message.lowercased()
        self = Self.texts.first { message.contains($0.text) }?.kind ?? .other
    }
}
