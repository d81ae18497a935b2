/// What the users of one kind may do: with us, a product's terms.
public struct UserProfile: Hashable, Sendable {
    /// The row's id; opaque.
    public let id: String
    public let name: String
    /// Sessions of one user at once; nil for unlimited.
    public let sharedUsers: Int?
    /// RouterOS's own form, `rx/tx` from the router's side: `512k/1M` is 512k up, 1M down. Nil for no limit.
    public let rateLimit: String?
    /// The longest single session; nil for no limit.
    public let sessionTimeout: Duration?
    /// Whether a login leaves a cookie by which the router knows the device again.
    public let addsMACCookie: Bool
    /// How long that cookie lasts.
    public let macCookieTimeout: Duration?
    /// Whether a script runs at login, such as those of Mikhmon, which rewrite comments and remove users.
    public let hasLoginScript: Bool

    static let properties = [
        ".id", "name", "shared-users", "rate-limit", "session-timeout", "add-mac-cookie", "mac-cookie-timeout",
        "on-login",
    ]

    init(_ row: Row) throws(RouterOSError) {
        id = try row.id()
        guard let name = row.text("name") else { throw .invalidReply("a user profile without a name") }
        self.name = name
        // Absent means RouterOS's default (reference `routeros.md` §2.4).
        sharedUsers = row["shared-users"] == nil ? 1 : row.integer("shared-users")
        rateLimit = row.text("rate-limit")
        sessionTimeout = row.duration("session-timeout").flatMap { $0 == .zero ? nil : $0 }
        addsMACCookie = row["add-mac-cookie"] == nil || row.flag("add-mac-cookie")
        macCookieTimeout = row.duration("mac-cookie-timeout")
        hasLoginScript = row.text("on-login") != nil
    }
}
