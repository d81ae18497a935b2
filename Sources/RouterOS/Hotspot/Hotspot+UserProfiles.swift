extension Hotspot {
    private static var menu: String { "/ip/hotspot/user/profile" }

    /// All user profiles; a router has a handful.
    public func userProfiles() async throws(RouterOSError) -> [UserProfile] {
        try await rows(Command("\(Self.menu)/print").returning(UserProfile.properties), UserProfile.init)
    }

    /// Makes logins leave a MAC cookie or not.
    ///
    /// - Parameter timeout: how long the cookie lasts; nil leaves that as it is.
    public func setUserProfile(
        id: String,
        addsMACCookie: Bool,
        macCookieTimeout timeout: Duration? = nil
    ) async throws(RouterOSError) {
        let command = Command("\(Self.menu)/set")
            .setting(".id", to: Word(id))
            .setting("add-mac-cookie", to: addsMACCookie)
            .setting("mac-cookie-timeout", to: timeout)
        _ = try await client.execute(command)
    }
}
