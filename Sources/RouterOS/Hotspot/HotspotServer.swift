/// A hotspot on one of the router's interfaces.
public struct HotspotServer: Hashable, Sendable {
    /// The row's id; opaque.
    public let id: String
    public let name: String
    public let interface: String?
    /// The server profile's name.
    public let profile: String
    /// The pool for universal NAT; nil when a device keeps its own address.
    public let addressPool: String?
    /// After this long without traffic a device that has not logged in is forgotten.
    public let idleTimeout: Duration?
    public let isDisabled: Bool
    /// True if the router itself says it cannot work.
    public let isInvalid: Bool
    /// RouterOS notes here that device mode has switched the server off.
    public let comment: String

    static let properties = [
        ".id", "name", "interface", "profile", "address-pool", "idle-timeout", "disabled", "invalid", "comment",
    ]

    init(_ row: Row) throws(RouterOSError) {
        id = try row.id()
        guard let name = row.text("name") else { throw .invalidReply("a hotspot server without a name") }
        self.name = name
        interface = row.text("interface")
        profile = row.text("profile") ?? "default"
        let pool = row.text("address-pool")
        addressPool = pool == "none" ? nil : pool
        idleTimeout = row.duration("idle-timeout")
        isDisabled = row.flag("disabled")
        isInvalid = row.flag("invalid")
        comment = row.text("comment") ?? ""
    }
}
