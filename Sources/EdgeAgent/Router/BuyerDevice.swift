import Shared

/// The buyer's phone, as far as the request tells.
struct BuyerDevice: Sendable, Equatable {
    /// Where the request came from. The router knows whose address that is; this is what counts.
    let sourceAddress: String?
    /// What the page claimed. Believed only where the router does not know the source address and has a host with it.
    let claimedMACAddress: MACAddress?

    /// The names under which a buyer's attempts are counted.
    static func limitKeys(sourceAddress: String?, macAddress: MACAddress?) -> [String] {
        [sourceAddress.map { "ip:" + $0 }, macAddress.map { "mac:\($0)" }].compactMap { $0 }
    }
}
