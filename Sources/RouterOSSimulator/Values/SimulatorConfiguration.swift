/// What the simulated router is, and how it behaves where the real one is unproven.
public struct SimulatorConfiguration: Sendable {
    /// What `active/login` does when the host is already logged in; not documented (reference `routeros.md` §3).
    public enum SecondLogin: String, Sendable {
        /// A trap that says so.
        case refused
        /// The first session ends and the new one begins.
        case replaces
    }

    /// The version to behave as.
    public var version: RouterOSVersion
    /// The API accounts.
    public var users: [APIUser]
    /// The names of the user profiles there are beside `default`.
    public var userProfiles: [String]
    /// How API clients log in; what the version does unless set.
    public var loginMethod: LoginMethod
    /// API sessions at the same time; one more is refused.
    public var maxSessions = 20
    /// The licence: 3 allows one hotspot session, 4 allows 200, 5 allows 500, 6 any number (§7).
    public var licenseLevel = 4
    /// False is a router whose device-mode blocks the hotspot.
    public var deviceModeAllowsHotspot = true
    /// Whether an API `active/login` leaves a MAC cookie, where the profiles ask for one; unproven (§4).
    public var apiLoginWritesCookie = true
    /// Whether MAC cookies outlive a reboot; unproven (§13).
    public var cookiesSurviveReboot = true
    /// See `SecondLogin`.
    public var secondLogin = SecondLogin.refused
    /// Times as `1d02:03:04` instead of `1d2h3m4s`.
    public var writesClockTimes = false

    /// A router of that version; everything else is as on a small board until changed.
    public init(
        version: RouterOSVersion = "7.20",
        users: [APIUser],
        userProfiles: [String] = []
    ) {
        self.version = version
        self.users = users
        self.userProfiles = userProfiles
        self.loginMethod = version.loginMethod
    }

    var sessionLimit: Int? {
        switch licenseLevel {
        case ...3: 1
        case 4: 200
        case 5: 500
        default: nil
        }
    }
}
