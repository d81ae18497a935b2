extension Hotspot {
    private static var menu: String { "/ip/hotspot/profile" }

    /// All server profiles; a router has a handful.
    public func serverProfiles() async throws(RouterOSError) -> [ServerProfile] {
        try await rows(Command("\(Self.menu)/print").returning(ServerProfile.properties), ServerProfile.init)
    }

    /// Sets the ways to log in, all of them: what is left out is switched off.
    public func setServerProfile(id: String, loginBy ways: [String]) async throws(RouterOSError) {
        let command = Command("\(Self.menu)/set")
            .setting(".id", to: Word(id))
            .setting("login-by", to: try Word(ascii: ways.joined(separator: ","), argument: "login-by"))
        _ = try await client.execute(command)
    }
}
