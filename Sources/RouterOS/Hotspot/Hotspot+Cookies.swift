public import Shared

extension Hotspot {
    private static var menu: String { "/ip/hotspot/cookie" }
    private static var print: Command { Command("\(menu)/print").returning(HotspotCookie.properties) }

    /// The cookies of one user.
    public func cookies(user: String) async throws(RouterOSError) -> [HotspotCookie] {
        try await rows(
            Self.print.where("user", equals: try Word(ascii: user, argument: "user")),
            HotspotCookie.init
        )
    }

    /// The cookies of one device.
    public func cookies(macAddress: MACAddress) async throws(RouterOSError) -> [HotspotCookie] {
        try await rows(
            Self.print.where("mac-address", equals: Word(macAddress.description)),
            HotspotCookie.init
        )
    }

    /// Removes a cookie, or finds it gone.
    public func removeCookie(id: String) async throws(RouterOSError) {
        try await remove(id, from: Self.menu)
    }
}
