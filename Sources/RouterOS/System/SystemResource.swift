/// `/system/resource`: what the router is and how it fares.
public struct SystemResource: Hashable, Sendable {
    /// `7.20.7 (stable)`.
    public let version: String
    /// `hAP lite`.
    public let boardName: String
    public let architecture: String
    public let uptime: Duration
    /// Percent.
    public let cpuLoad: Int?
    /// Bytes.
    public let freeMemory: Int?
    /// Bytes.
    public let totalMemory: Int?
    /// Bytes on the flash.
    public let freeDisk: Int?

    static let properties = [
        "version", "board-name", "architecture-name", "uptime", "cpu-load", "free-memory", "total-memory",
        "free-hdd-space",
    ]

    init(_ row: Row) {
        version = row.text("version") ?? ""
        boardName = row.text("board-name") ?? ""
        architecture = row.text("architecture-name") ?? ""
        uptime = row.duration("uptime") ?? .zero
        cpuLoad = row.integer("cpu-load")
        freeMemory = row.integer("free-memory")
        totalMemory = row.integer("total-memory")
        freeDisk = row.integer("free-hdd-space")
    }
}
