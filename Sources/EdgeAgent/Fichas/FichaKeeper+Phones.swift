import Logging
import RouterOS
import Shared
import Synchronization

// A phone that comes back with a ficha that still has time is online again by itself. Mostly the router does that by its
// MAC cookie; where that is off, lost or was never written, the box does (reference `routeros.md` §4).
extension FichaKeeper {
    /// Of one look: phones come back one by one, and after a power cut all together.
    private static let phonesPerLook = 5

    /// Asks for nothing unless somebody with a ficha in use is not online.
    func bringBackPhones(_ sessions: [ActiveSession], at line: FichaLine) async throws {
        let online = Set(sessions.map(\.user))
        let now = uptime()
        let unconnectedAt = memory.withLock { memory in
            memory.unconnectedAt = memory.unconnectedAt.filter { now - $0.value < Self.timeBetweenTries }
            return memory.unconnectedAt
        }
        let away = try await store.inUse(routerID).filter { ficha in
            !online.contains(ficha.code.digits) && !ficha.isOver(at: clock.moment) && unconnectedAt[ficha.code] == nil
        }
        guard !away.isEmpty else { return }
        let phones = Dictionary(away.compactMap { ficha in ficha.macAddress.map { ($0, ficha) } }) { first, _ in first }
        let hosts = try await line.hotspot.hostsNotLoggedIn()
        let back = hosts.compactMap { host in host.macAddress.flatMap { phones[$0] } }
        for ficha in back.prefix(Self.phonesPerLook) {
            let connector = FichaConnector(line: line, store: store, clock: clock, logger: logger)
            let device = BuyerDevice(sourceAddress: nil, claimedMACAddress: ficha.macAddress)
            let outcome = await connector.connect(device, with: ficha.code)
            memory.withLock { $0.unconnectedAt[ficha.code] = outcome == .connected ? nil : now }
            logger.info(
                "a phone came back",
                metadata: ["ficha": "\(ficha.code)", "outcome": "\(outcome.code)"]
            )
        }
    }
}
