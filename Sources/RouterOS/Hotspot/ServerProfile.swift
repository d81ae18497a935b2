/// How a hotspot server lets devices log in.
public struct ServerProfile: Hashable, Sendable {
    /// The row's id; opaque.
    public let id: String
    public let name: String
    /// The ways to log in, in RouterOS's words: `cookie`, `http-chap`, `http-pap`, `mac-cookie` …
    public let loginBy: [String]
    public let hotspotAddress: String?
    public let dnsName: String?
    public let htmlDirectory: String?
    public let usesRADIUS: Bool

    static let properties = [
        ".id", "name", "login-by", "hotspot-address", "dns-name", "html-directory", "use-radius",
    ]

    init(_ row: Row) throws(RouterOSError) {
        id = try row.id()
        guard let name = row.text("name") else { throw .invalidReply("a server profile without a name") }
        self.name = name
        loginBy = row.list("login-by")
        hotspotAddress = row.text("hotspot-address")
        dnsName = row.text("dns-name")
        htmlDirectory = row.text("html-directory")
        usesRADIUS = row.flag("use-radius")
    }
}
