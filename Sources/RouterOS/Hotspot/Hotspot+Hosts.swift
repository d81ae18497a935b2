public import Shared

extension Hotspot {
    private static var print: Command { Command("/ip/hotspot/host/print").returning(HotspotHost.properties) }

    /// The devices with this address, their own or the one the router gave them.
    public func hosts(address: String) async throws(RouterOSError) -> [HotspotHost] {
        let address = try Word(ascii: address, argument: "address")
        return try await rows(Self.print.where("address", or: "to-address", equals: address), HotspotHost.init)
    }

    /// The devices that are not logged in.
    public func hostsNotLoggedIn() async throws(RouterOSError) -> [HotspotHost] {
        try await rows(Self.print.where("authorized", equals: "false"), HotspotHost.init).filter { !$0.isBypassed }
    }

    /// The devices with this hardware address; RouterOS may hold two rows of one device.
    public func hosts(macAddress: MACAddress) async throws(RouterOSError) -> [HotspotHost] {
        try await rows(Self.print.where("mac-address", equals: Word(macAddress.description)), HotspotHost.init)
    }
}
