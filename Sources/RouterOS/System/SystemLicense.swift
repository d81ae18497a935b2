/// `/system/license`: it bounds how many users may be logged in at once.
public struct SystemLicense: Hashable, Sendable {
    /// As the router writes it: a number on boards, a word such as `p1` on virtual routers.
    public let level: String

    /// Hotspot users logged in at once; nil for unlimited or unknown (reference `routeros.md` §7).
    public var maxActiveUsers: Int? {
        switch level {
        case "3": 1
        case "4": 200
        case "5": 500
        default: nil
        }
    }

    static let properties = ["nlevel", "level"]

    init(_ row: Row) {
        level = row.text("nlevel") ?? row.text("level") ?? ""
    }
}
