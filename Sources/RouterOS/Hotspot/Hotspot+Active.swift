public import Shared

extension Hotspot {
    private static var menu: String { "/ip/hotspot/active" }
    private static var print: Command { Command("\(menu)/print").returning(ActiveSession.properties) }

    /// All sessions, to see which fichas are in use. The router's licence bounds them, to 200 on most boards.
    public func activeSessions() async throws(RouterOSError) -> [ActiveSession] {
        try await rows(Self.print, ActiveSession.init)
    }

    /// The sessions of one user.
    public func activeSessions(user: String) async throws(RouterOSError) -> [ActiveSession] {
        try await rows(
            Self.print.where("user", equals: try Word(ascii: user, argument: "user")),
            ActiveSession.init
        )
    }

    /// The sessions at one address.
    public func activeSessions(address: String) async throws(RouterOSError) -> [ActiveSession] {
        try await rows(
            Self.print.where("address", equals: try Word(ascii: address, argument: "address")),
            ActiveSession.init
        )
    }

    /// Logs a device in, as if its owner had typed name and password.
    ///
    /// Success is no proof: read the sessions back (reference `routeros.md` §0). The traps `unknownHost` and `wrongMAC`
    /// mean that the device is not at that address now; look its host up again.
    ///
    /// - Parameters:
    ///   - address: the host's `loginAddress`.
    ///   - macAddress: checked against the host's by the router; nil checks nothing.
    public func login(
        user: String,
        password: Secret<String>,
        address: String,
        macAddress: MACAddress? = nil
    ) async throws(RouterOSError) {
        let command = Command("\(Self.menu)/login")
            .setting("user", to: try Word(ascii: user, argument: "user"))
            .setting("password", to: try Word(ascii: password.reveal(), argument: "password", mayBeEmpty: true))
            .setting("ip", to: try Word(ascii: address, argument: "address"))
            .setting("mac-address", to: macAddress.map { Word($0.description) })
        _ = try await client.execute(command)
    }

    /// Ends a session, or finds it ended. The router also forgets the device's MAC cookie (reference `routeros.md` §4).
    public func removeActive(id: String) async throws(RouterOSError) {
        try await remove(id, from: Self.menu)
    }
}
