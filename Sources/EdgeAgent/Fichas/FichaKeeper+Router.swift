import Logging
import RouterOS
import Shared
import Synchronization

// What the router has to be told.
extension FichaKeeper {
    /// So many that cannot be put, such as all of a profile that is gone, keep no other from being put.
    private static let workToChooseFrom = 1_000

    /// Puts and removes users, some of them.
    func tellRouter(_ line: FichaLine) async throws {
        let now = uptime()
        let triedAt = memory.withLock { $0.triedAt }
        let work = try await store.routerWork(routerID, limit: Self.workToChooseFrom).filter { ficha in
            triedAt[ficha.code].map { now - $0 >= Self.timeBetweenTries } ?? true
        }
        for ficha in work.prefix(Self.workPerLook) {
            switch ficha.routerState {
            case .toRemove: try await remove(ficha, from: line)
            case .toPut: try await put(ficha, on: line)
            case .none, .present: continue
            }
        }
    }

    private func remove(_ ficha: Ficha, from line: FichaLine) async throws {
        do {
            try await line.hotspot.removeFicha(ficha.code, comment: ficha.comment)
        } catch {
            try setAside(ficha, "a ficha could not be removed", error)
            return
        }
        try await store.change(ficha.code, at: clock.moment) { ficha in
            if ficha.routerState == .toRemove { ficha.routerState = .none }
        }
        memory.withLock { memory in
            memory.base[ficha.code] = nil
            memory.triedAt[ficha.code] = nil
        }
        logger.info("took a ficha off", metadata: ["ficha": "\(ficha.code)", "state": "\(ficha.state.rawValue)"])
        if ficha.state == .expired, let phone = ficha.macAddress { try await goOn(phone, at: line) }
    }

    private func put(_ ficha: Ficha, on line: FichaLine) async throws {
        let put: Hotspot.Put
        do {
            put = try await line.hotspot.putFicha(ficha, server: line.server, at: clock.moment)
        } catch {
            try setAside(ficha, "a ficha could not be put", error)
            return
        }
        guard put != .nameTaken else {
            memory.withLock { $0.triedAt[ficha.code] = uptime() }
            logger.error("another's user has a ficha's name", metadata: ["ficha": "\(ficha.code)"])
            return
        }
        try await store.change(ficha.code, at: clock.moment) { now in
            if put == .made { now.forgetCounters() }
            // Extended or moved meanwhile: then it has to be put once more.
            guard now.routerState == .toPut, now.extraTime == ficha.extraTime, now.macAddress == ficha.macAddress
            else { return }
            now.routerState = .present
        }
        if put == .made {
            memory.withLock { $0.base[ficha.code] = nil }
            logger.info("put a ficha on", metadata: ["ficha": "\(ficha.code)"])
        }
    }

    /// What a router says no to, such as a profile that is gone, waits for a person, and no other ficha waits for it.
    ///
    /// - Throws: The error, where the router may only be away.
    private func setAside(
        _ ficha: Ficha,
        _ message: Logger.Message,
        _ error: RouterOSError
    ) throws(RouterOSError) {
        guard error.trapKind != nil || error.isInvalidArgument else { throw error }
        memory.withLock { $0.triedAt[ficha.code] = uptime() }
        logger.error(message, metadata: ["ficha": "\(ficha.code)", "error": "\(error)"])
    }

    /// A phone's ficha is over; another one that was bought for it begins at once, without anybody typing anything.
    private func goOn(_ phone: MACAddress, at line: FichaLine) async throws {
        guard let next = try await store.fichas(of: phone, routerID: routerID).first else { return }
        let connector = FichaConnector(line: line, store: store, clock: clock, logger: logger)
        let outcome = await connector.connect(
            BuyerDevice(sourceAddress: nil, claimedMACAddress: phone),
            with: next.code
        )
        logger.info(
            "went on with a phone's next ficha",
            metadata: ["ficha": "\(next.code)", "outcome": "\(outcome.code)"]
        )
    }
}

extension RouterOSError {
    fileprivate var isInvalidArgument: Bool {
        if case .invalidArgument = self { true } else { false }
    }
}
