import Logging
import RouterOS
import Shared

/// Brings a phone online with a ficha through one router, and writes down that its time runs.
struct FichaConnector: Sendable {
    let line: FichaLine
    let store: FichaStore
    let clock: SiteClock
    let logger: Logger

    /// Whoever names the code may use it: the ficha moves to their phone, as often as it may.
    func connect(_ device: BuyerDevice, with code: FichaCode) async -> ConnectionOutcome {
        do {
            // A ficha the box does not know was sold before its database was put back; the router may know it.
            guard let ficha = try await store.ficha(code) else {
                return await line.connector.connect(device, with: code)
            }
            if ficha.state == .minted, ficha.routerID == line.routerID {
                return await connectUnsold(device, with: code)
            }
            if let refusal = refusal(of: ficha) { return refusal }
            guard let phone = try await line.connector.host(of: device)?.macAddress else {
                return await logIn(device, with: ficha, phone: nil)
            }
            var moved = ficha
            do { try moved.move(to: phone) } catch { return .movesUsedUp }
            return await logIn(device, with: moved, phone: phone)
        } catch {
            logger.warning("a ficha could not be connected", metadata: ["error": "\(error)"])
            return .routerAway
        }
    }

    /// Stock that nobody bought has no user on any router. One that has was sold after the backup that this database is from.
    private func connectUnsold(_ device: BuyerDevice, with code: FichaCode) async -> ConnectionOutcome {
        let outcome = await line.connector.connect(device, with: code)
        return outcome == .unknownFicha ? .fichaNotSold : outcome
    }

    /// Why the code gets nobody online here, by what the box knows.
    private func refusal(of ficha: Ficha) -> ConnectionOutcome? {
        switch ficha.state {
        case _ where ficha.routerID != line.routerID: .unknownFicha
        case .minted: .fichaNotSold
        case .expired: .fichaUsedUp
        case .reserved, .voided, .refunded: .unknownFicha
        case .sold, .active: ficha.isOver(at: clock.moment) ? .fichaUsedUp : nil
        }
    }

    private func logIn(_ device: BuyerDevice, with ficha: Ficha, phone: MACAddress?) async -> ConnectionOutcome {
        var outcome = await line.connector.connect(device, with: ficha.code)
        // What was sold and is not over must be there: a router that was reset, or put back, has forgotten it.
        if outcome == .unknownFicha, await putBack(ficha) {
            outcome = await line.connector.connect(device, with: ficha.code)
        }
        if outcome == .connected { await noteUse(of: ficha.code, on: phone) }
        return outcome
    }

    private func putBack(_ ficha: Ficha) async -> Bool {
        do {
            guard try await line.hotspot.putFicha(ficha, server: line.server, at: clock.moment) == .made else {
                return false
            }
            logger.notice("put a ficha back that the router had forgotten", metadata: ["ficha": "\(ficha.code)"])
            try await store.change(ficha.code, at: clock.moment) { $0.forgetCounters() }
            return true
        } catch {
            logger.warning("a ficha could not be put back", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// The phone is online whether this can be written down or not; who watches the sessions writes it down then.
    private func noteUse(of code: FichaCode, on phone: MACAddress?) async {
        let moment = clock.moment
        do {
            try await store.change(code, at: moment) { ficha in
                if let phone { try ficha.move(to: phone) }
                try ficha.use(on: phone, sessionTime: .zero, at: moment)
            }
        } catch {
            logger.error("the use of a ficha could not be written down", metadata: ["error": "\(error)"])
        }
    }
}
