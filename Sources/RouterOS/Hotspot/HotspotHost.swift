public import Shared

/// A device the hotspot sees, logged in or not.
public struct HotspotHost: Hashable, Sendable {
    /// The row's id; opaque.
    public let id: String
    public let macAddress: MACAddress?
    /// The address the device uses.
    public let address: String?
    /// The address the router gave it in exchange; the same unless the server has an address pool.
    public let toAddress: String?
    public let server: String?
    public let isAuthorized: Bool
    /// Let through without login, by an ip-binding.
    public let isBypassed: Bool
    /// How long the device has been silent.
    public let idleTime: Duration?
    /// How long the device has not answered at all.
    public let deadTime: Duration?

    /// The address `login` wants: sessions run under the router's address for the device (reference `routeros.md` §2.6).
    public var loginAddress: String? { toAddress ?? address }

    static let properties = [
        ".id", "mac-address", "address", "to-address", "server", "authorized", "bypassed", "idle-time",
        "host-dead-time",
    ]

    init(_ row: Row) throws(RouterOSError) {
        id = try row.id()
        macAddress = row.macAddress("mac-address")
        address = row.text("address")
        let toAddress = row.text("to-address")
        self.toAddress = toAddress == "0.0.0.0" ? nil : toAddress
        server = row.text("server")
        isAuthorized = row.flag("authorized")
        isBypassed = row.flag("bypassed")
        idleTime = row.duration("idle-time")
        deadTime = row.duration("host-dead-time")
    }
}
