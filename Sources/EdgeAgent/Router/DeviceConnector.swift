import Logging
import RouterOS
import Shared

/// Brings a buyer's phone online with a ficha, and proves it.
struct DeviceConnector: Sendable {
    /// A host row may appear some seconds after the phone got its address, and change between being found and being
    /// logged in (reference `routeros.md` §2.7, §3).
    private static let attempts = 5
    private static let pause = Duration.milliseconds(700)

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

    /// Finds the device and logs it in, again from the start for as long as what stands in the way may pass.
    private func tryToConnect(
        _ device: BuyerDevice,
        with code: FichaCode
    ) async throws(RouterOSError) -> ConnectionOutcome {
        var attempt = 1
        while true {
            do {
                if let host = try await host(of: device), let address = host.loginAddress {
                    return try await logIn(host, at: address, with: code)
                }
                if attempt == Self.attempts { return .deviceNotFound }
            } catch {
                guard attempt < Self.attempts, Self.mayPass(error) else { throw error }
            }
            attempt += 1
            guard (try? await clock.sleep(for: Self.pause)) != nil else { return .deviceNotFound }
        }
    }

    private func logIn(
        _ host: HotspotHost,
        at address: String,
        with code: FichaCode
    ) async throws(RouterOSError) -> ConnectionOutcome {
        guard let user = try await hotspot.user(named: code.digits) else { return .unknownFicha }
        // The router would call its name or password wrong.
        guard !user.isDisabled else { return .refused }
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

    /// The host is another one now, or the router is busy logging it in.
    private static func mayPass(_ error: RouterOSError) -> Bool {
        switch error.trapKind {
        case .unknownHost, .wrongMAC, .retryLater: true
        default: false
        }
    }

    private static func outcome(of error: RouterOSError) -> ConnectionOutcome {
        switch error.trapKind {
        case .unknownHost, .wrongMAC: .deviceNotFound
        // Gone between being looked up and being logged in.
        case .invalidCredentials, .noSuchItem: .unknownFicha
        case .uptimeLimitReached, .trafficLimitReached, .noMoreSessions: .fichaUsedUp
        case nil: .routerAway
        default: .refused
        }
    }
}
