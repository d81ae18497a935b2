/// What a router tells about itself, for the connection test and for support.
public struct RouterSystem: Sendable {
    private let client: RouterOSClient

    init(_ client: RouterOSClient) {
        self.client = client
    }

    /// Version, board and load.
    public func resource() async throws(RouterOSError) -> SystemResource {
        SystemResource(try await only("/system/resource", SystemResource.properties))
    }

    /// The name its operator gave the router.
    public func identity() async throws(RouterOSError) -> String {
        try await only("/system/identity", ["name"]).text("name") ?? ""
    }

    public func license() async throws(RouterOSError) -> SystemLicense {
        SystemLicense(try await only("/system/license", SystemLicense.properties))
    }

    /// What device mode allows; nil on versions without device mode, where everything is allowed.
    public func deviceMode() async throws(RouterOSError) -> DeviceMode? {
        do {
            return DeviceMode(try await only("/system/device-mode", DeviceMode.properties))
        } catch  where error.trapKind == .noSuchCommand {
            return nil
        }
    }

    private func only(_ menu: String, _ properties: [String]) async throws(RouterOSError) -> Row {
        let rows = try await client.execute(Command("\(menu)/print").returning(properties)).rows
        guard let row = rows.first else { throw .invalidReply("\(menu) is empty") }
        return row
    }
}

extension RouterOSClient {
    /// What the router tells about itself.
    public nonisolated var system: RouterSystem { RouterSystem(self) }
}
