import Logging
import RouterOS
import Shared

/// What people ask about their fichas, through whichever router they stand at.
struct FichaDesk: BuyerConnecting {
    let store: FichaStore
    let routers: RouterFleet
    let clock: SiteClock
    let logger: Logger

    /// Brings the phone online with the ficha whose code its owner has.
    func connect(_ device: BuyerDevice, with code: FichaCode, routerID: String) async -> ConnectionOutcome {
        guard let link = routers.link(routerID) else { return .routerAway }
        let connector = FichaConnector(line: link.line, store: store, clock: clock, logger: logger)
        return await connector.connect(device, with: code)
    }

    /// As ``connect(_:with:routerID:)``; a phone that is online with another ficha stays with that one, and goes on with
    /// this one when it is over: no time that was paid for is thrown away.
    func connectBuyer(_ device: BuyerDevice, with code: FichaCode, routerID: String) async -> ConnectionOutcome {
        guard let link = routers.link(routerID) else { return .routerAway }
        if let running = await running(device, through: link), running.code != code { return .connected }
        return await connect(device, with: code, routerID: routerID)
    }

    /// The ficha that a phone is online with now.
    private func running(_ device: BuyerDevice, through link: RouterLink) async -> Ficha? {
        guard let address = try? await link.connector.host(of: device)?.loginAddress,
            let session = try? await link.hotspot.activeSessions(address: address).first,
            let code = FichaCode(digits: session.user), let ficha = try? await store.ficha(code),
            ficha.state == .active, !ficha.isOver(at: clock.moment)
        else { return nil }
        return ficha
    }

    /// The ficha of the phone at an address, as the router sees it: the one in use, else the one bought first.
    func mine(sourceAddress: String?, routerID: String) async throws -> PhoneFicha? {
        let device = BuyerDevice(sourceAddress: sourceAddress, claimedMACAddress: nil)
        guard let link = routers.link(routerID), let host = try? await link.connector.host(of: device),
            let phone = host.macAddress
        else { return nil }
        let fichas = try await store.fichas(of: phone, routerID: routerID).filter { !$0.isOver(at: clock.moment) }
        guard let first = fichas.first else { return nil }
        let sessions = try? await link.hotspot.activeSessions(user: first.code.digits)
        let isOnline = sessions?.contains { $0.address == host.loginAddress } ?? false
        return PhoneFicha(ficha: first, isOnline: isOnline, waiting: fichas.count - 1)
    }
}
