import Logging
import RouterOS
import Shared

/// Brings a buyer's phone online with a ficha, and proves it.
struct DeviceConnector: Sendable {
    /// A host row may appear some seconds after the phone got its address (reference `routeros.md` §2.7).
    private static let hostAttempts = 4
    private static let hostPause = Duration.milliseconds(700)

    private let hotspot: Hotspot
    private let macCookies: MACCookieSetup
    private let clock: any Clock<Duration>
    private let logger: Logger

    init(router: SiteSnapshot.Router, hotspot: Hotspot, clock: any Clock<Duration>, logger: Logger) {
        self.hotspot = hotspot
        self.clock = clock
        self.logger = logger
        macCookies = MACCookieSetup(hotspotServer: router.hotspotServer, hotspot: hotspot, logger: logger)
    }

    /// The device as the router sees it.
    ///
    /// The address the request came from decides. What the page claimed is believed only where the router does not know
    /// that address (the request came from elsewhere), and then only about a device that is there and not logged in:
    /// nobody can push another buyer's phone off its own ficha.
    ///
    /// - Throws: `RouterOSError`.
    func host(of device: BuyerDevice) async throws(RouterOSError) -> HotspotHost? {
        if let address = device.sourceAddress {
            let hosts = try await hotspot.hosts(address: address)
            if let host = Self.liveliest(hosts) { return host }
        }
        guard let claimed = device.claimedMACAddress else { return nil }
        return Self.liveliest(try await hotspot.hosts(macAddress: claimed).filter { !$0.isAuthorized })
    }

    /// Binds the ficha to the device, logs it in and reads the session back.
    func connect(_ device: BuyerDevice, with code: FichaCode) async -> ConnectionOutcome {
        do {
            return try await tryToConnect(device, with: code)
        } catch {
            logger.info("a device could not be connected", metadata: ["error": "\(error)"])
            return Self.outcome(of: error)
        }
    }

    // MARK: Private

    private func tryToConnect(
        _ device: BuyerDevice,
        with code: FichaCode
    ) async throws(RouterOSError) -> ConnectionOutcome {
        guard let host = try await waitForHost(of: device), let address = host.loginAddress else {
            return .deviceNotFound
        }
        guard let user = try await hotspot.user(named: code.digits) else { return .refused }
        if try await isOnline(code, at: address) { return .connected }
        if let macAddress = host.macAddress, user.macAddress != macAddress {
            try await hotspot.setUser(id: user.id, HotspotUser.Changes(devices: .only(macAddress)))
        }
        await macCookies.ensure(profile: user.profile)
        try await makeRoom(for: code, at: address)
        try await hotspot.login(user: code.digits, password: Secret(code.digits), address: address)
        // Success of the command is not proof (reference `routeros.md` §0.6).
        return try await isOnline(code, at: address) ? .connected : .refused
    }

    private func waitForHost(of device: BuyerDevice) async throws(RouterOSError) -> HotspotHost? {
        for attempt in 1...Self.hostAttempts {
            if let host = try await host(of: device) { return host }
            guard attempt < Self.hostAttempts, (try? await clock.sleep(for: Self.hostPause)) != nil else { break }
        }
        return nil
    }

    private func isOnline(
        _ code: FichaCode,
        at address: String
    ) async throws(RouterOSError) -> Bool {
        try await hotspot.activeSessions(user: code.digits).contains { $0.address == address }
    }

    /// Ends what stands in the way: another ficha's session at this address, and this ficha's own at another, such as
    /// the ghost of the same phone under its last random address.
    private func makeRoom(for code: FichaCode, at address: String) async throws(RouterOSError) {
        let there = try await hotspot.activeSessions(address: address)
        let elsewhere = try await hotspot.activeSessions(user: code.digits)
        for session in there + elsewhere where !(session.user == code.digits && session.address == address) {
            try await hotspot.removeActive(id: session.id)
        }
    }

    /// Of several rows of one device, the one that answered last.
    private static func liveliest(_ hosts: [HotspotHost]) -> HotspotHost? {
        hosts.min { ($0.deadTime ?? $0.idleTime ?? .zero) < ($1.deadTime ?? $1.idleTime ?? .zero) }
    }

    private static func outcome(of error: RouterOSError) -> ConnectionOutcome {
        switch error.trapKind {
        case .unknownHost, .wrongMAC: .deviceNotFound
        case .uptimeLimitReached, .trafficLimitReached, .noMoreSessions: .fichaUsedUp
        case nil: .routerAway
        default: .refused
        }
    }
}
