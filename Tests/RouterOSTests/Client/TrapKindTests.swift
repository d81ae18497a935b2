import Testing

@testable import RouterOS

struct TrapKindTests {
    /// Texts seen on routers; reference `routeros.md` §3.
    @Test(arguments: [
        ("failure: already have user with this name for this server", TrapKind.alreadyHaveUser),
        ("input does not match any value of profile", .unknownProfile),
        ("input does not match any value of server", .unknownValue),
        ("ambiguous value of profile, more than one possible value matches input", .ambiguousValue),
        ("invalid time value for argument limit-uptime", .invalidValue),
        ("invalid value of mac-address, mac address required", .invalidValue),
        ("invalid value for argument ip", .invalidValue),
        ("unknown parameter", .unknownParameter),
        ("unknown parameter otp-secret", .unknownParameter),
        ("no such item", .noSuchItem),
        ("no such item (4)", .noSuchItem),
        ("no such command", .noSuchCommand),
        ("no such command prefix", .noSuchCommand),
        ("not enough permissions (9)", .notEnoughPermissions),
        ("failure: not allowed by device-mode", .notAllowedByDeviceMode),
        ("unknown host IP 10.20.0.251", .unknownHost),
        ("wrong MAC provided", .wrongMAC),
        ("your uptime limit is reached", .uptimeLimitReached),
        ("user 482913 has reached uptime limit", .uptimeLimitReached),
        ("Your Traffic Limit is reached", .trafficLimitReached),
        ("no more sessions are allowed for user 482913", .noMoreSessions),
        ("invalid username or password", .invalidCredentials),
        ("user 482913 is not allowed to log in from this MAC address", .macNotAllowed),
        ("invalid username (AA:BB:CC:DD:EE:FF): this MAC address is not yours", .macNotAllowed),
        ("RADIUS server is not responding", .retryLater),
        ("already authorizing, retry later", .retryLater),
        ("session limit reached", .licenseLimit),
        ("action failed (6)", .other),
        ("", .other),
    ])
    func `a message tells the kind`(message: String, kind: TrapKind) {
        #expect(Trap(message: message).kind == kind)
    }
}
