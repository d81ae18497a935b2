import RouterOS

/// A router of the site, as the life of fichas needs it.
struct FichaLine: Sendable {
    let routerID: String
    /// The hotspot server to sell on; nil for all of the router's.
    let server: String?
    let hotspot: Hotspot
    let connector: DeviceConnector
}
