import Shared

extension Hotspot {
    private static var menu: String { "/ip/hotspot/user" }

    /// Adds a user.
    ///
    /// A name that is taken on that server is the trap `alreadyHaveUser`: read the user and compare its comment to
    /// learn whether an earlier attempt of ours succeeded.
    ///
    /// - Returns: the new row's id, where the router's version tells it.
    @discardableResult
    public func addUser(_ user: HotspotUser.New) async throws(RouterOSError) -> String? {
        var command = Command("\(Self.menu)/add")
            .setting("name", to: try Word(ascii: user.name, argument: "name"))
            .setting("password", to: try Word(ascii: user.password.reveal(), argument: "password", mayBeEmpty: true))
        if let comment = user.comment {
            command = command.setting("comment", to: try Word(ascii: comment, argument: "comment", mayBeEmpty: true))
        }
        command =
            command
            .setting("limit-uptime", to: user.limitUptime)
            .setting("limit-bytes-total", to: user.limitBytes)
            .setting("mac-address", to: user.macAddress.map { Word($0.description) })
            .setting("profile", to: try await userProfileName(user.profile))
        if let server = user.server {
            command = command.setting("server", to: try await serverName(server))
        }
        return try await client.execute(command).returned?.text
    }

    /// Looks whether users can be made with a profile and on a server; asks the router once per connection and name.
    ///
    /// Throws `invalidArgument(.unknownName)` for what the router does not have.
    public func checkNames(userProfile: String, server: String?) async throws(RouterOSError) {
        _ = try await userProfileName(userProfile)
        if let server { _ = try await serverName(server) }
    }

    /// The user of exactly this name, or nil.
    public func user(named name: String) async throws(RouterOSError) -> HotspotUser? {
        let command = Command("\(Self.menu)/print")
            .returning(HotspotUser.properties)
            .where("name", equals: try Word(ascii: name, argument: "name"))
        let rows = try await client.execute(command).rows
        guard let row = rows.first(where: { !HotspotUser.isBuiltIn($0) }) else { return nil }
        return try HotspotUser(row)
    }

    /// All users. Thousands take a small router seconds (reference `routeros.md` §7): for a look after each connection and
    /// some hours, not for a question about one.
    public func users() async throws(RouterOSError) -> [HotspotUser] {
        let rows = try await client.execute(Command("\(Self.menu)/print").returning(HotspotUser.properties)).rows
        var users: [HotspotUser] = []
        for row in rows where !HotspotUser.isBuiltIn(row) { users.append(try HotspotUser(row)) }
        return users
    }

    /// Changes a user. A user that is gone is the trap `noSuchItem`.
    public func setUser(id: String, _ changes: HotspotUser.Changes) async throws(RouterOSError) {
        var command = Command("\(Self.menu)/set").setting(".id", to: Word(id))
        if let password = changes.password {
            command = command.setting(
                "password",
                to: try Word(ascii: password.reveal(), argument: "password", mayBeEmpty: true)
            )
        }
        if let comment = changes.comment {
            command = command.setting("comment", to: try Word(ascii: comment, argument: "comment", mayBeEmpty: true))
        }
        switch changes.devices {
        case nil: break
        case .any: command = command.setting("mac-address", to: Word("00:00:00:00:00:00"))
        case .only(let address): command = command.setting("mac-address", to: Word(address.description))
        }
        if let profile = changes.profile {
            command = command.setting("profile", to: try await userProfileName(profile))
        }
        command =
            command
            .setting("limit-uptime", to: changes.limitUptime)
            .setting("limit-bytes-total", to: changes.limitBytes)
            .setting("disabled", to: changes.isDisabled)
        _ = try await client.execute(command)
    }

    /// Removes a user, or finds it gone. Its sessions and cookies stay: remove those too (reference `routeros.md` §0).
    public func removeUser(id: String) async throws(RouterOSError) {
        try await remove(id, from: Self.menu)
    }

    private func userProfileName(_ name: String) async throws(RouterOSError) -> Word {
        try await exactName(name, in: "/ip/hotspot/user/profile", argument: "profile")
    }

    private func serverName(_ name: String) async throws(RouterOSError) -> Word {
        try await exactName(name, in: "/ip/hotspot", argument: "server")
    }
}
