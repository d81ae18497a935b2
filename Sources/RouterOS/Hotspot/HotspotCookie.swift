public import Shared

/// What lets a device log in again by itself. Only the router makes them, at a login.
public struct HotspotCookie: Hashable, Sendable {
    /// The row's id; opaque.
    public let id: String
    public let user: String
    public let macAddress: MACAddress?
    public let expiresIn: Duration?
    /// True if the device is known by its hardware address, false if by a cookie in its browser.
    public let isMACCookie: Bool

    static let properties = [".id", "user", "mac-address", "expires-in", "mac-cookie"]

    init(_ row: Row) throws(RouterOSError) {
        id = try row.id()
        user = row.text("user") ?? ""
        macAddress = row.macAddress("mac-address")
        expiresIn = row.duration("expires-in")
        isMACCookie = row.flag("mac-cookie")
    }
}
