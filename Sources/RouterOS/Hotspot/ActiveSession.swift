public import Shared

/// A user who is logged in from a device now.
public struct ActiveSession: Hashable, Sendable {
    /// The row's id; opaque, and perhaps used again for the same address.
    public let id: String
    public let user: String
    public let address: String?
    public let macAddress: MACAddress?
    public let server: String?
    /// How it logged in, in RouterOS's words: `http-pap`, `mac-cookie` …
    public let loginBy: String?
    /// How long it has lasted.
    public let uptime: Duration
    /// How long it may still last; nil for no limit.
    public let timeLeft: Duration?
    public let idleTime: Duration?
    /// Bytes from the device.
    public let bytesIn: Int
    /// Bytes to the device.
    public let bytesOut: Int

    static let properties = [
        ".id", "user", "address", "mac-address", "server", "login-by", "uptime", "session-time-left", "idle-time",
        "bytes-in", "bytes-out",
    ]

    init(_ row: Row) throws(RouterOSError) {
        id = try row.id()
        user = row.text("user") ?? ""
        address = row.text("address")
        macAddress = row.macAddress("mac-address")
        server = row.text("server")
        loginBy = row.text("login-by")
        uptime = row.duration("uptime") ?? .zero
        timeLeft = row.duration("session-time-left")
        idleTime = row.duration("idle-time")
        bytesIn = row.integer("bytes-in") ?? 0
        bytesOut = row.integer("bytes-out") ?? 0
    }
}
