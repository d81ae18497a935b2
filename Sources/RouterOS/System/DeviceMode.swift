/// `/system/device-mode`: what the router lets itself be used for. Changing it takes a button press at the router.
public struct DeviceMode: Hashable, Sendable {
    /// `home`, `basic`, `advanced` or another.
    public let mode: String
    /// Whether the hotspot may run. New home routers come with it forbidden (reference `routeros.md` §7).
    public let allowsHotspot: Bool

    static let properties = ["mode", "hotspot"]

    init(_ row: Row) {
        mode = row.text("mode") ?? ""
        // What is not named is as the mode has it, and versions without the flag do not forbid it.
        allowsHotspot = row["hotspot"] == nil || row.flag("hotspot")
    }
}
