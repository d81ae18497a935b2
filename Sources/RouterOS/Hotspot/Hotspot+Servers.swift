extension Hotspot {
    /// All hotspot servers; there is at most one for each interface.
    public func servers() async throws(RouterOSError) -> [HotspotServer] {
        try await rows(Command("/ip/hotspot/print").returning(HotspotServer.properties), HotspotServer.init)
    }
}
