public import Shared

/// A user of the hotspot: with us, one ficha.
public struct HotspotUser: Hashable, Sendable {
    /// The row's id; opaque.
    public let id: String
    public let name: String
    public let profile: String
    /// The only server it may log in at; nil for all.
    public let server: String?
    /// Online time it may use in all; nil for no limit.
    public let limitUptime: Duration?
    /// Online time of its ended sessions; a running one is not in it (reference `routeros.md` §2.3).
    public let uptime: Duration
    /// The only device it may log in from; nil for any.
    public let macAddress: MACAddress?
    public let comment: String
    public let isDisabled: Bool
    /// Bytes from the device, in its ended sessions.
    public let bytesIn: Int
    /// Bytes to the device, in its ended sessions.
    public let bytesOut: Int

    static let properties = [
        ".id", "name", "profile", "server", "limit-uptime", "uptime", "mac-address", "comment", "disabled", "default",
        "bytes-in", "bytes-out",
    ]

    /// True for `default-trial`, which is in every router's list and is no user.
    static func isBuiltIn(_ row: Row) -> Bool {
        row.flag("default") || row["name"] == "default-trial"
    }

    init(_ row: Row) throws(RouterOSError) {
        id = try row.id()
        guard let name = row.text("name") else { throw .invalidReply("a hotspot user without a name") }
        self.name = name
        profile = row.text("profile") ?? "default"
        let server = row.text("server")
        self.server = server == "all" ? nil : server
        limitUptime = row.duration("limit-uptime")
        uptime = row.duration("uptime") ?? .zero
        macAddress = row.macAddress("mac-address")
        comment = row.text("comment") ?? ""
        isDisabled = row.flag("disabled")
        bytesIn = row.integer("bytes-in") ?? 0
        bytesOut = row.integer("bytes-out") ?? 0
    }
}

extension HotspotUser {
    /// A user to be added.
    public struct New: Sendable {
        public var name: String
        public var password: Secret<String>
        /// The user profile's exact name; RouterOS would also take the beginning of one.
        public var profile: String
        /// The only server it may log in at; nil for all.
        public var server: String?
        /// Online time in all; nil for no limit.
        public var limitUptime: Duration?
        /// Bytes in both directions in all; nil for no limit.
        public var limitBytes: Int64?
        /// The only device it may log in from; nil for any.
        public var macAddress: MACAddress?
        public var comment: String?

        public init(
            name: String,
            password: Secret<String>,
            profile: String,
            server: String? = nil,
            limitUptime: Duration? = nil,
            limitBytes: Int64? = nil,
            macAddress: MACAddress? = nil,
            comment: String? = nil
        ) {
            self.name = name
            self.password = password
            self.profile = profile
            self.server = server
            self.limitUptime = limitUptime
            self.limitBytes = limitBytes
            self.macAddress = macAddress
            self.comment = comment
        }
    }

    /// What to change about a user; nil leaves as it is.
    public struct Changes: Sendable {
        /// From which devices a user may log in.
        public enum Devices: Hashable, Sendable {
            case any
            case only(MACAddress)
        }

        public var password: Secret<String>?
        public var profile: String?
        public var limitUptime: Duration?
        public var limitBytes: Int64?
        public var devices: Devices?
        public var comment: String?
        public var isDisabled: Bool?

        public init(
            password: Secret<String>? = nil,
            profile: String? = nil,
            limitUptime: Duration? = nil,
            limitBytes: Int64? = nil,
            devices: Devices? = nil,
            comment: String? = nil,
            isDisabled: Bool? = nil
        ) {
            self.password = password
            self.profile = profile
            self.limitUptime = limitUptime
            self.limitBytes = limitBytes
            self.devices = devices
            self.comment = comment
            self.isDisabled = isDisabled
        }
    }
}
